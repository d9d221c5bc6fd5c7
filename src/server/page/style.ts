import { declarations } from "../../charts/colors.ts";

const [light, dark] = [declarations(0), declarations(1)];

/** How the page looks. */
export const serverPageStyle: string = `:root{color-scheme:light;${light}}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;${dark}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:960px;padding:0 24px 48px;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}
header{display:flex;justify-content:space-between;align-items:center;padding-top:20px}
.brand{margin:0;letter-spacing:.14em;text-transform:uppercase;font-size:.78rem;color:var(--soft)}
h1,h2{line-height:1.2;font-family:Charter,"Iowan Old Style",Georgia,"DejaVu Serif",serif}
h1{font-size:2rem;margin:.4em 0 .2em}
h2{font-size:1.25rem;margin:2em 0 .4em;padding-top:.8rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.2em 0 .3em}
a{color:var(--model)}
label{display:block;font-size:.87rem;color:var(--soft);overflow-wrap:anywhere}
input,select,textarea,button{font:inherit;color:var(--ink);background:var(--panel);border:1px solid var(--line);border-radius:5px;padding:6px 9px}
input,select,textarea{display:block;width:100%;margin-top:2px}
textarea{font:.85rem/1.4 ui-monospace,"DejaVu Sans Mono",monospace}
.choice{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:12px 18px;margin:16px 0 22px}
#fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:12px 18px;align-items:end}
form:not([data-content=table]) #fields{grid-template-columns:minmax(0,1fr);gap:14px}
.hidden{position:absolute;width:1px;height:1px;padding:0;border:0;opacity:0}
.drop{position:relative;display:flex;flex-direction:column;gap:2px;align-items:center;padding:22px 14px;border:2px dashed var(--line);border-radius:8px;text-align:center;cursor:pointer}
.drop b{color:var(--model);font-size:1rem;font-weight:600;text-decoration:underline}
.drop:hover,.drop.over{border-color:var(--model);background:var(--panel)}
.drop:focus-within{outline:3px solid var(--model);outline-offset:2px}
.buttons{margin:18px 0}
button{cursor:pointer;padding:7px 16px}
form button:not([type]){background:var(--model);border-color:var(--model);color:var(--paper);font-weight:600}
:focus-visible{outline:3px solid var(--model);outline-offset:2px}
.verdict{font-size:1.1rem;margin:1em 0 .5em}
.verdict strong{display:inline-block;padding:2px 11px;margin-right:6px;border:2px solid var(--other);border-radius:99px;color:var(--other)}
.verdict strong.odd{border-color:var(--odd);color:var(--odd)}
.bar{position:relative;height:14px;background:var(--panel);border:1px solid var(--line);max-width:560px}
.bar .filled{display:block;height:100%;background:var(--other)}
.bar .filled.odd{background:var(--odd)}
.bar i{position:absolute;top:-5px;bottom:-5px;border-left:2px solid var(--ink)}
table{border-collapse:collapse;font-size:.93rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:5px 22px 5px 0;border-bottom:1px solid var(--line);overflow-wrap:break-word}
thead th{color:var(--soft);font-weight:600}
tbody th{font-weight:500}
[hidden]{display:none}
article{margin:0 0 2em}
article h3{overflow-wrap:anywhere}
.remark,.where{margin:.5em 0;color:var(--soft)}
figure{margin:0}
figcaption{font-size:.87rem;color:var(--soft)}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,220px));gap:16px;margin:1em 0 .5em}
.frame{position:relative}
.frame canvas{display:block;width:100%;image-rendering:pixelated;border:1px solid var(--line)}
.frame i{position:absolute;border:2px solid var(--odd);outline:1px solid var(--paper)}
.curves{margin:1em 0;max-width:680px}
.curves figcaption{display:flex;flex-wrap:wrap;gap:4px 18px;overflow-wrap:anywhere}
.plot span{display:block;font-size:.8rem;color:var(--soft);font-variant-numeric:tabular-nums}
.plot svg{display:block;width:100%;height:150px;overflow:visible}
.key{white-space:nowrap}
.sample{width:24px;height:8px;margin-right:6px;vertical-align:middle}
path{fill:none;stroke-width:2}
path.original{stroke:var(--ink)}
path.rebuilt{stroke:var(--model);stroke-dasharray:5 3}
.mark{stroke:var(--odd);stroke-width:2}
.error{border-left:4px solid var(--odd);background:var(--panel);padding:9px 14px}
@media (max-width:520px){body{padding:0 14px 32px}h1{font-size:1.5rem}#fields{grid-template-columns:1fr 1fr;gap:10px}th,td{padding-right:12px}}`;
