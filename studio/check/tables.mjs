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

/** Payments of three ways that spread about them, of which one in 250 is odd and known to be; no amount is the same twice. */
export function paymentsTable(rows) {
  let state = 7;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const spread = () => draw() + draw() + draw() - 1.5;
  const lines = Array.from({ length: rows }, (_, i) => {
    const way = i % 3;
    const odd = i % 250 === 249;
    const amount = [40, 120, 300][way] * (1 + 0.4 * spread()) * (odd ? 8 : 1);
    const age = [30, 45, 60][way] + 8 * spread();
    const hour = odd ? 3 + spread() : [9, 14, 20][way] + 2 * spread();
    const shown = [amount, age, hour].map((value) => value.toFixed(3)).join();
    return `${i + 1},${["web", "shop", "phone"][way]},${shown},${odd ? "yes" : "no"}`;
  });
  return `payment,way,amount,age,hour,fraud\n${lines.join("\n")}\n`;
}
