/** What a report begins with, and what may come next, in English. */
export const enBrief = {
  "brief.items.rows": "{n} {n:row|rows}",
  "brief.items.images": "{n} {n:image|images}",
  "brief.items.sequences": "{n} {n:sequence|sequences}",
  "brief.items.windows": "{n} {n:window|windows}",
  "brief.stdin": "standard input",
  // what was looked at
  "brief.looked": "{items} of {data} were compared with what is usual among them.",
  "brief.lookedOther":
    "{items} of {data} were compared with what was usual in the data that the model had learnt from.",
  // what was found
  "brief.none": "None of them stands out.",
  "brief.flagged": "{flagged} ({percent}) {flagged:does|do} not fit the usual pattern.",
  "brief.flaggedWhy":
    "{flagged} ({percent}) {flagged:does|do} not fit the usual pattern, {flagged:because of|most often because of} {column}.",
  // how far it can be trusted
  "brief.checked":
    "Checked against {column} on {judged} cases{fresh}: of 100 that are flagged {precision} are right, where picking blindly would give {base}, and of 100 that should be found {recall} are found{newer}.",
  "brief.checkedQuiet":
    "Checked against {column} on {judged} cases{fresh}: none of them is flagged, though the cases that should be found do rank higher than others{newer}.",
  "brief.fresh": " that the model had not seen",
  "brief.newer": "; on newer data expect less",
  "brief.useless":
    "Checked against {column}, it hardly finds the cases that should be found better than picking blindly would: do not act on this list.",
  "brief.few":
    "Only {anomalies} known {anomalies:case that should be found was|cases that should be found were} there to check it with: take the list as a hint.",
  "brief.class": "their class",
  "brief.oneClass":
    "All known cases are of one kind, so it cannot be said yet how often the list is right.",
  "brief.unknown":
    "Nobody has said which of them are really wrong: it is a list of where to look first, not of faults{newer}.",
  // of a reduction
  "brief.codes": "{items} of {data} were described by {latent} numbers each instead of {columns}.",
  "brief.index":
    "{items} of {data} were described by one number each, an index, instead of by {columns}.",
  "brief.codesArrays": "{items} of {data} were described by {latent} {latent:number|numbers} each.",
  "brief.columns": "{n} {n:column|columns}",
  "brief.kept": "That keeps {percent} of the differences between them{beside}.",
  "brief.keptNone": "That keeps next to nothing of the differences between them.",
  "brief.keptNoneNewer":
    "On the newest rows, which had not been learnt from, that keeps next to nothing of the differences between them.",
  "brief.keptUnknown": "How much of the differences between them is kept cannot be measured here.",
  "brief.besideMore": ", more than the classical method (PCA, {pca})",
  "brief.besideSame": ", about as much as the classical method (PCA, {pca})",
  "brief.besideLess": ", less than the classical method (PCA, {pca}), which is to be preferred",
  "brief.indexTime":
    "The index is little more than the passing of time ({column}): read it as a trend, not as a comparison.",
  "brief.measured":
    "This was measured on {rows} that had not been learnt from; what each number means has to be read from the columns that move it.",
  "brief.meaning": "What each number means has to be read from the columns that move it.",
  "brief.measuredAll":
    "This was measured on all of them, also on those that were learnt from; what each number means has to be read from the columns that move it.",
  // windows
  "worst.missing": "{column} is missing, expected {expected}",
  "worst.apart": "Of windows that overlap only the oddest is shown.",
  // what may come next
  "next.train": "The model was not saved; this makes it again:",
  "next.look": "List the {n} that stand out most, to go through them one by one:",
  "next.more": "Find more of them, for more false alarms, with a lower limit:",
  "next.compare": "Let other methods try the same, for a minute:",
  "next.newest": "See how well it does on newer rows than those that it learns from:",
  "next.best": "Let the ensemble, the plain autoencoder and PCA compete, and keep the best:",
  "next.anew": "The data have changed since the model learnt; let it learn them anew:",
  "next.longer": "Let the model learn twice as long:",
  "next.codes": "Write the numbers as columns, to go on working with them:",
  "next.second": "Look for what there is beside the trend, with a second number:",
  // the index
  "index.title": "The index over time",
  "index.figure": "The index by {column}",
  "index.leftOut": "{n} {n:row|rows} without half of {n:its|their} numbers {n:is|are} left out.",
  "index.name": "index",
  "index.reading":
    "The index of each row at its time. Up and down have no meaning of their own, since the sign of a code is arbitrary: the columns that move it give it one.",
  "index.readingPanel":
    "The index at each time: the line is the median over all, the band holds the middle 80 %; thin lines are the highest and the lowest on average, and those that moved most. Up and down have no meaning of their own, since the sign of a code is arbitrary: the columns that move it give it one.",
  "index.readingMany":
    "The index at each time: the line is the median, the band holds the middle 80 % of the rows. Up and down have no meaning of their own, since the sign of a code is arbitrary: the columns that move it give it one.",
  "index.median": "median",
  "index.band": "middle 80 %",
  "index.alternative":
    "The index from {from} to {to}, by {column}: it begins at {first}, ends at {last}, and lies between {low} and {high}.",
  "index.time": "time",
  "index.low": "10 %",
  "index.high": "90 %",
} as const satisfies Record<string, string>;

/** The same in Spanish. */
export const esBrief: Readonly<Record<keyof typeof enBrief, string>> = {
  "brief.items.rows": "{n} {n:fila|filas}",
  "brief.items.images": "{n} {n:imagen|imágenes}",
  "brief.items.sequences": "{n} {n:secuencia|secuencias}",
  "brief.items.windows": "{n} {n:ventana|ventanas}",
  "brief.stdin": "la entrada estándar",
  "brief.looked": "Se compararon {items} de {data} con lo que es habitual entre ellas.",
  "brief.lookedOther":
    "Se compararon {items} de {data} con lo que era habitual en los datos de los que aprendió el modelo.",
  "brief.none": "Ninguna llama la atención.",
  "brief.flagged": "{flagged} ({percent}) no {flagged:sigue|siguen} la pauta habitual.",
  "brief.flaggedWhy":
    "{flagged} ({percent}) no {flagged:sigue|siguen} la pauta habitual, {flagged:por|sobre todo por} {column}.",
  "brief.checked":
    "Comprobado con {column} en {judged} casos{fresh}: de cada 100 señalados se acierta en {precision}, cuando escogiendo a ciegas serían {base}, y de cada 100 que habría que encontrar se encuentran {recall}{newer}.",
  "brief.checkedQuiet":
    "Comprobado con {column} en {judged} casos{fresh}: no se señala ninguno, aunque los que habría que encontrar sí quedan por encima de los demás{newer}.",
  "brief.fresh": " que el modelo no había visto",
  "brief.newer": "; en datos más recientes cabe esperar menos",
  "brief.useless":
    "Comprobado con {column}, encuentra lo que habría que encontrar apenas mejor que escogiendo a ciegas: no actúe según esta lista.",
  "brief.few":
    "Para comprobarlo solo había {anomalies} {anomalies:caso conocido|casos conocidos} de lo que habría que encontrar: tome la lista como un indicio.",
  "brief.class": "su clase",
  "brief.oneClass":
    "Todos los casos conocidos son de una misma clase: aún no se puede decir cuántas veces acierta la lista.",
  "brief.unknown":
    "Nadie ha dicho cuáles están mal de verdad: es una lista de dónde mirar primero, no de errores{newer}.",
  "brief.codes":
    "{items} de {data} se describieron con {latent} números cada una, en vez de con {columns}.",
  "brief.index":
    "{items} de {data} se describieron con un solo número cada una, un índice, en vez de con {columns}.",
  "brief.codesArrays":
    "{items} de {data} se describieron con {latent} {latent:número|números} cada una.",
  "brief.columns": "{n} {n:columna|columnas}",
  "brief.kept": "Eso conserva el {percent} de las diferencias entre ellas{beside}.",
  "brief.keptNone": "Eso apenas conserva nada de las diferencias entre ellas.",
  "brief.keptNoneNewer":
    "En las filas más recientes, de las que no se aprendió, eso apenas conserva nada de las diferencias entre ellas.",
  "brief.keptUnknown": "Aquí no se puede medir cuánto conserva de las diferencias entre ellas.",
  "brief.besideMore": ", más que el método clásico (PCA, {pca})",
  "brief.besideSame": ", más o menos como el método clásico (PCA, {pca})",
  "brief.besideLess": ", menos que el método clásico (PCA, {pca}), que es preferible",
  "brief.indexTime":
    "El índice es poco más que el paso del tiempo ({column}): léalo como una tendencia, no como una comparación.",
  "brief.measured":
    "Se midió en {rows} de las que no se aprendió; qué significa cada número hay que leerlo en las columnas que lo mueven.",
  "brief.meaning": "Qué significa cada número hay que leerlo en las columnas que lo mueven.",
  "brief.measuredAll":
    "Se midió en todas, también en las que sirvieron para aprender; qué significa cada número hay que leerlo en las columnas que lo mueven.",
  "worst.missing": "falta {column}, se esperaba {expected}",
  "worst.apart": "De las ventanas que se solapan solo se muestra la más rara.",
  "next.train": "El modelo no se guardó; así se vuelve a hacer:",
  "next.look": "Para listar las {n} que más llaman la atención y repasarlas una a una:",
  "next.more": "Para encontrar más, con más falsas alarmas, un límite más bajo:",
  "next.compare": "Para que otros métodos prueben lo mismo, durante un minuto:",
  "next.newest": "Para ver qué tal va en filas más recientes que aquellas de las que aprende:",
  "next.best":
    "Para que compitan el ensemble, el autoencoder sencillo y el PCA, y quedarse con el mejor:",
  "next.anew": "Los datos han cambiado desde que el modelo aprendió; para que aprenda los nuevos:",
  "next.longer": "Para que el modelo aprenda el doble de tiempo:",
  "next.codes": "Para escribir los números como columnas y seguir trabajando con ellos:",
  "next.second": "Para buscar lo que haya además de la tendencia, con un segundo número:",
  "index.title": "El índice en el tiempo",
  "index.figure": "El índice según {column}",
  "index.leftOut":
    "{n:Queda|Quedan} fuera {n} {n:fila|filas} a {n:la|las} que {n:le|les} falta más de la mitad de los números.",
  "index.name": "índice",
  "index.reading":
    "El índice de cada fila en su momento. Subir o bajar no significa nada por sí mismo, pues el signo de un código es arbitrario: se lo dan las columnas que lo mueven.",
  "index.readingPanel":
    "El índice en cada momento: la línea es la mediana de todas, la banda abarca el 80 % central; las líneas finas son la más alta y la más baja de media, y las que más se movieron. Subir o bajar no significa nada por sí mismo, pues el signo de un código es arbitrario: se lo dan las columnas que lo mueven.",
  "index.readingMany":
    "El índice en cada momento: la línea es la mediana y la banda abarca el 80 % central de las filas. Subir o bajar no significa nada por sí mismo, pues el signo de un código es arbitrario: se lo dan las columnas que lo mueven.",
  "index.median": "mediana",
  "index.band": "80 % central",
  "index.alternative":
    "El índice de {from} a {to}, según {column}: empieza en {first}, acaba en {last} y está entre {low} y {high}.",
  "index.time": "momento",
  "index.low": "10 %",
  "index.high": "90 %",
};
