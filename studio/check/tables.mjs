/** Sales of shops in Spanish figures: a few are odd and known to be, one cell is no number. */
export function shopsTable(rows = 600) {
  const lines = Array.from({ length: rows }, (_, i) => {
    const odd = i % 50 === 49;
    const sales = 100 + ((i * 37) % 90);
    const visits = 2 * sales + ((i * 13) % 11);
    const shop = ["Norte", "Sur", "Este"][i % 3];
    const spent = i === 7 ? "n.d.?" : `${odd ? 9000 + (i % 700) : sales},5`;
    return `${i + 1};${shop};${spent};${odd ? 3 : visits};${odd ? "sí" : "no"}`;
  });
  return `pedido;tienda;ventas;visitas;fraude\n${lines.join("\n")}\n`;
}
