/** What a page about generated rows says, in English. */
export const enGeneration = {
  "overlay.real": "real",
  "overlay.generated": "generated",
  "overlay.valueHead": "value",
  "overlay.distance": "distance {distance}",
  "overlay.alternative":
    "Distribution of {column} from {from} to {to}, real and generated laid over each other; {reading}.",
  "overlay.alternativeValues": "Values of {column}: {values}; {reading}.",
  "overlay.value": "{value}: {real} of the real, {generated} of the generated",
  "correlations.title": "Pairs of columns: real against generated",
  "correlations.real": "correlation among real rows",
  "correlations.generated": "correlation among generated rows",
  "correlations.pair": "pair of columns",
  "correlations.same": "the same in both",
  "correlations.alternative":
    "Correlations of {pairs} {pairs:pair|pairs} of columns, real against generated: on average they are {gap} apart.",
  "correlations.reading":
    "Each point is a pair of number columns: how strongly the two go together among the real rows (to the right) and among the generated ones (upwards). On the dotted line both agree; on average they are {gap} apart.",
  "nearest.title": "How near the generated ones come to real ones",
  "nearest.reading":
    "Distance to the most similar real one, of generated ones and of other real ones. Generated ones that lie further left than nearly all real ones are copies, or almost; if all lie further right, they are unlike anything real.",
  // the page
  "generation.items.rows": "{n} {n:row|rows}",
  "generation.items.images": "{n} {n:image|images}",
  "generation.items.sequences": "{n} {n:sequence|sequences}",
  "generation.items.windows": "{n} {n:window|windows}",
  "generation.title": "Generated data",
  "generation.subtitle": "{items}, made by {model} ({kind}), beside real ones of {data}",
  "generation.brief.made":
    "{items} like those of {data} were made by a model that had learnt from such data.",
  "generation.brief.alike":
    "A simple test hardly tells them from real ones, and hardly any comes closer to a real one than real ones come to each other.",
  "generation.brief.partly":
    "A simple test tells them from real ones somewhat better than by guessing, and hardly any repeats a real one.",
  "generation.brief.apart":
    "They can be told from real ones easily: something that real ones have is missing in them.",
  "generation.brief.copies":
    "{percent} of them are so near to a real one that they may give it away.",
  "generation.brief.dontShare":
    "Do not pass them on as if they were real; they serve for trying out programs at most.",
  "generation.brief.dontShareCopies":
    "Do not pass them on: who knows the real data could recognise someone or something in them.",
  "generation.brief.careful":
    "They may serve for trying out programs and for teaching; before they leave the house, let someone who knows the data look at the nearest pairs below, since no test shows that nothing is given away.",
  "generation.next.write": "Write the very same {content} into a file:",
  "generation.next.fromData":
    "Draw the codes from those of the real data instead of from the model's own assumption, which often comes nearer to them:",
  "generation.next.longer": "Train the model twice as long, and generate with it again:",
  "generation.next.again": "Then look at this page again, for the new model:",
  "generation.findings": "What was found",
  "generation.noVerdict":
    "Nothing that was measured speaks against using them; it is no proof that nothing is given away.",
  "headline.toldApart": "Told apart",
  "headline.toldApartAbout": "ROC AUC of the {k} nearest neighbours; 0.5 is guessing, 1 is always",
  "headline.copies": "Nearly copies",
  "headline.copiesAbout": "nearer to a real one than 1 in 100 real ones; exact copies: {exact}",
  "headline.distance": "Columns, mean distance",
  "headline.distanceAbout": "0 is alike, 1 is apart; worst: {column} ({distance})",
  "headline.correlations": "Correlations",
  "headline.correlationsAbout": "mean difference over all pairs of number columns",
  "headline.nearest": "Distance to the nearest",
  "headline.nearestAbout": "median; of other real ones {real}",
  "generation.judged":
    "Compared were {generated} generated and {real} real {content}; a stronger test may tell more of them apart.",
  "generation.columns": "Column by column",
  "generation.columnsReading":
    "The real values are filled, the generated ones drawn as an orange line or mark; what lies beyond the middle 99 % of the real ones is counted at the ends. The distance is that of Kolmogorov and Smirnov for numbers and the total variation for categories: 0 is alike, 1 is apart. The columns that differ most stand first.",
  "generation.columnsShown": "{shown} of {columns} columns are drawn; the table has all of them.",
  "generation.table": "All columns",
  "generation.column": "column",
  "generation.distance": "distance",
  "generation.realValues": "real",
  "generation.generatedValues": "generated",
  "generation.numbers": "{mean} ± {deviation}",
  "generation.missingShare": "{percent} missing",
  "generation.tableReading":
    "Of numbers the mean and the standard deviation, of categories the commonest values. Generated rows have no missing cells: the model fills all of them.",
  "generation.correlations": "What goes together",
  "generation.pictures": "Samples",
  "generation.values": "Values",
  "generation.grid.generated": "generated",
  "generation.grid.real": "real",
  "generation.grid.title": "Generated beside real",
  "generation.grid.images":
    "Above {generated} generated images, below {real} real ones, taken evenly from all.",
  "generation.grid.sequences":
    "Above {generated} generated courses of {feature}, below {real} real ones, taken evenly from all; on one scale.",
  "generation.grid.alternative":
    "{generated} generated and {real} real {content} as small pictures.",
  "generation.nearest": "Nearest to real ones",
  "generation.pairs": "The generated rows that are nearest to a real one",
  "generation.pairsReading":
    "In each cell the generated value stands first, then that of the nearest real row: equal values stand once. The distance is in standard deviations, over all columns.",
  "generation.pair.distance": "distance",
  "generation.pair.cell": "{generated} | {real}",
  "generation.pairs.title": "The nearest pairs",
  "generation.pairs.images":
    "Above the generated images that are nearest to a real one, below that real one. If a pair shows the same, the model repeats what it learnt.",
  "generation.pairs.sequences":
    "Above the generated courses that are nearest to a real one, below that real one. If a pair shows the same, the model repeats what it learnt.",
  "generation.pairs.alternative": "{pairs} pairs of generated {content} and the nearest real ones.",
  "generation.made": "How they were made",
  "generation.by": "Model",
  "generation.byText": "{model}: {kind}, code of {latent} {latent:number|numbers}",
  "generation.codes": "Codes",
  "generation.codes.prior": "drawn from the prior of the model",
  "generation.codes.mixture":
    "drawn from a mixture of {components} {components:Gaussian|Gaussians}, fitted to the codes of {data}",
  "generation.codes.between": "on the straight line between the codes of two rows of {data}",
  "generation.noise": "Noise around numbers",
  "generation.noise.none": "none",
  "generation.noise.likelihood": "that of the model's likelihood",
  "generation.noise.residual": "as much as the model leaves unexplained in each column",
  "generation.count": "Generated",
  "generation.seed": "Seed",
  "generation.page": "This page:",
  "generation.library": "The same, from a program:",
  "content.rows": "rows",
  "content.windows": "windows",
  "generation.footer":
    "Made by Espejo {version}. This page is whole: it loads nothing and sends nothing. It shows some real rows beside the generated ones: share it as you would share the data.",
} as const satisfies Record<string, string>;

/** The same in Spanish. */
export const esGeneration: Readonly<Record<keyof typeof enGeneration, string>> = {
  "overlay.real": "reales",
  "overlay.generated": "generados",
  "overlay.valueHead": "valor",
  "overlay.distance": "distancia {distance}",
  "overlay.alternative":
    "Distribución de {column}, de {from} a {to}: los valores reales y los generados, unos sobre otros; {reading}.",
  "overlay.alternativeValues": "Valores de {column}: {values}; {reading}.",
  "overlay.value": "{value}: {real} de los reales, {generated} de los generados",
  "correlations.title": "Pares de columnas: lo real frente a lo generado",
  "correlations.real": "correlación en las filas reales",
  "correlations.generated": "correlación en las filas generadas",
  "correlations.pair": "par de columnas",
  "correlations.same": "igual en ambas",
  "correlations.alternative":
    "Correlaciones de {pairs} {pairs:par|pares} de columnas, reales frente a generadas: difieren en {gap} de media.",
  "correlations.reading":
    "Cada punto es un par de columnas numéricas: cuánto van juntas en las filas reales (hacia la derecha) y en las generadas (hacia arriba). En la línea de puntos coinciden; de media difieren en {gap}.",
  "nearest.title": "Cuánto se acerca lo generado a lo real",
  "nearest.reading":
    "Distancia a lo real más parecido, tanto de lo generado como de otros casos reales. Lo generado que queda más a la izquierda que casi todo lo real es copia, o casi; si todo queda más a la derecha, no se parece a nada real.",
  "generation.items.rows": "{n} {n:fila|filas}",
  "generation.items.images": "{n} {n:imagen|imágenes}",
  "generation.items.sequences": "{n} {n:secuencia|secuencias}",
  "generation.items.windows": "{n} {n:ventana|ventanas}",
  "generation.title": "Datos generados",
  "generation.subtitle":
    "{items}: lo que genera {model} ({kind}), frente a los datos reales de {data}",
  "generation.brief.made":
    "Un modelo que aprendió de datos como los de {data} ha generado {items} a su semejanza.",
  "generation.brief.alike":
    "Una prueba sencilla apenas distingue lo generado de lo real, y casi nada se acerca a un caso real más de lo que se acercan entre sí los reales.",
  "generation.brief.partly":
    "Una prueba sencilla distingue lo generado de lo real algo mejor que al azar, y casi nada repite un caso real.",
  "generation.brief.apart":
    "Lo generado se distingue fácilmente de lo real: le falta algo que los datos reales sí tienen.",
  "generation.brief.copies": "El {percent} está tan cerca de un caso real que podría delatarlo.",
  "generation.brief.dontShare":
    "No lo difunda como si fuera real; como mucho sirve para probar programas.",
  "generation.brief.dontShareCopies":
    "No lo difunda: quien conozca los datos reales podría reconocer a alguien o algo en ellos.",
  "generation.brief.careful":
    "Puede servir para probar programas y para enseñar; antes de que salga de la casa, que alguien que conozca los datos mire los pares más cercanos de más abajo, pues ninguna prueba demuestra que no se delate nada.",
  "generation.next.write": "Para escribir en un fichero exactamente lo mismo ({content}):",
  "generation.next.fromData":
    "Para tomar los códigos de los datos reales y no de lo que supone el modelo, que suele dar algo más parecido:",
  "generation.next.longer": "Para entrenar el modelo el doble y generar de nuevo con él:",
  "generation.next.again": "Y para volver a ver esta página, con el modelo nuevo:",
  "generation.findings": "Qué se encontró",
  "generation.noVerdict":
    "Nada de lo medido desaconseja usarlo; eso no demuestra que no se delate nada.",
  "headline.toldApart": "Se distingue",
  "headline.toldApartAbout":
    "ROC AUC de los {k} vecinos más cercanos; 0.5 es adivinar y 1 es siempre",
  "headline.copies": "Casi copias",
  "headline.copiesAbout":
    "más cerca de un caso real que 1 de cada 100 reales; copias exactas: {exact}",
  "headline.distance": "Columnas, distancia media",
  "headline.distanceAbout": "0 es igual y 1 es del todo distinto; la peor: {column} ({distance})",
  "headline.correlations": "Correlaciones",
  "headline.correlationsAbout": "diferencia media en todos los pares de columnas numéricas",
  "headline.nearest": "Distancia a lo más cercano",
  "headline.nearestAbout": "mediana; la de otros casos reales, {real}",
  "generation.judged":
    "Se compararon {generated} casos generados y {real} reales ({content}); una prueba más potente quizá distinga más.",
  "generation.columns": "Columna a columna",
  "generation.columnsReading":
    "Los valores reales van en relleno y los generados en una línea o una marca naranja; lo que queda fuera del 99 % central de los reales se cuenta en los extremos. La distancia es la de Kolmogórov y Smirnov en los números y la variación total en las categorías: 0 es igual y 1 es del todo distinto. Primero van las columnas que más difieren.",
  "generation.columnsShown": "Se dibujan {shown} de {columns} columnas; en la tabla están todas.",
  "generation.table": "Todas las columnas",
  "generation.column": "columna",
  "generation.distance": "distancia",
  "generation.realValues": "reales",
  "generation.generatedValues": "generados",
  "generation.numbers": "{mean} ± {deviation}",
  "generation.missingShare": "falta el {percent}",
  "generation.tableReading":
    "De los números, la media y la desviación típica; de las categorías, los valores más frecuentes. En las filas generadas no falta ninguna celda: el modelo las rellena todas.",
  "generation.correlations": "Lo que va junto",
  "generation.pictures": "Muestras",
  "generation.values": "Valores",
  "generation.grid.generated": "lo generado",
  "generation.grid.real": "lo real",
  "generation.grid.title": "Lo generado junto a lo real",
  "generation.grid.images":
    "Arriba, {generated} imágenes generadas; abajo, {real} reales, repartidas por igual entre todas.",
  "generation.grid.sequences":
    "Arriba, {generated} curvas generadas de {feature}; abajo, {real} reales, repartidas por igual entre todas; en la misma escala.",
  "generation.grid.alternative": "{generated} {content} generadas y {real} reales, en pequeño.",
  "generation.nearest": "Lo más cercano a lo real",
  "generation.pairs": "Las filas generadas que más se acercan a una real",
  "generation.pairsReading":
    "En cada celda va primero el valor generado y después el de la fila real más cercana; si son iguales, va una sola vez. La distancia está en desviaciones típicas y cuenta todas las columnas.",
  "generation.pair.distance": "distancia",
  "generation.pair.cell": "{generated} | {real}",
  "generation.pairs.title": "Los pares más cercanos",
  "generation.pairs.images":
    "Arriba, las imágenes generadas que más se acercan a una real; debajo, esa imagen real. Si en un par se ve lo mismo, el modelo repite lo que aprendió.",
  "generation.pairs.sequences":
    "Arriba, las curvas generadas que más se acercan a una real; debajo, esa curva real. Si en un par se ve lo mismo, el modelo repite lo que aprendió.",
  "generation.pairs.alternative": "{pairs} pares de {content} generadas y las reales más cercanas.",
  "generation.made": "Cómo se generaron",
  "generation.by": "Modelo",
  "generation.byText": "{model}: {kind}, código de {latent} {latent:número|números}",
  "generation.codes": "Códigos",
  "generation.codes.prior": "extraídos de la distribución a priori del modelo",
  "generation.codes.mixture":
    "extraídos de una mezcla de {components} {components:gaussiana|gaussianas}, ajustada a los códigos de {data}",
  "generation.codes.between": "en la recta que une los códigos de dos filas de {data}",
  "generation.noise": "Ruido en los números",
  "generation.noise.none": "ninguno",
  "generation.noise.likelihood": "el de la verosimilitud del modelo",
  "generation.noise.residual": "tanto como el modelo deja sin explicar en cada columna",
  "generation.count": "Generado",
  "generation.seed": "Semilla",
  "generation.page": "Esta página:",
  "generation.library": "Lo mismo, desde un programa:",
  "content.rows": "filas",
  "content.windows": "ventanas",
  "generation.footer":
    "Hecho por Espejo {version}. Esta página está completa: no carga ni envía nada. Muestra algunos datos reales junto a los generados: compártala como compartiría los datos.",
};
