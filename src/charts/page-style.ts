import { declarations } from "./colors.ts";

const [light, dark] = [declarations(0), declarations(1)];

/** How a page looks: like a printed report, on paper, on a dark screen, and in a narrow window. */
export const style: string = `:root{color-scheme:light;${light}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}
:root[data-theme=dark]{color-scheme:dark;${dark}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:1060px;padding:0 28px 48px;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}
h1,h2,h3{line-height:1.2;text-wrap:balance;font-family:Charter,"Iowan Old Style","Source Serif 4",Georgia,"DejaVu Serif",serif}
h1{font-size:2.1rem;margin:.1em 0;overflow-wrap:anywhere}
h2{font-size:1.5rem;margin:0 0 .7em;padding-top:.9rem;border-top:3px solid var(--ink)}
h3{font-size:1.08rem;margin:0 0 .5em}
p{margin:.5em 0;max-width:46em}
a{color:var(--model)}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--paper);padding:6px 10px;z-index:5}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.top{display:flex;justify-content:space-between;align-items:center;padding-top:22px}
.brand{margin:0;letter-spacing:.14em;text-transform:uppercase;font-size:.78rem;color:var(--soft)}
#theme{font:inherit;font-size:.85rem;color:var(--ink);background:var(--panel);border:1px solid var(--line);border-radius:5px;padding:4px 11px;cursor:pointer}
:focus-visible{outline:3px solid var(--model);outline-offset:2px;border-radius:3px}
.subtitle{color:var(--soft);margin:.3em 0 1em;font-size:1.05rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 20px;margin:0 0 30px;padding:9px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line);font-size:.92rem}
nav a{text-decoration:none}nav a:hover{text-decoration:underline}
section{margin-bottom:46px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(172px,1fr));gap:14px;margin:0 0 20px}
.card{background:var(--panel);border-left:4px solid var(--model);padding:12px 16px 13px}
.card dt{color:var(--soft);font-size:.87rem}.card dd{margin:0}
.card b{display:block;font:600 1.85rem/1.25 Charter,"Iowan Old Style",Georgia,"DejaVu Serif",serif;font-variant-numeric:lining-nums tabular-nums}
.card span{font-size:.87rem;color:var(--soft);display:block;line-height:1.4}
.lines{padding-left:1.1em;max-width:46em}.lines li{margin:.38em 0}
.lead{font-size:1.2rem;line-height:1.5;max-width:40em;margin:0 0 1.1em}
.steps{padding-left:1.3em;margin:0 0 18px;max-width:58em}.steps li{margin:.5em 0}.steps pre{margin:4px 0 0;padding:8px 12px}
.warnings{list-style:none;margin:14px 0;padding:10px 16px;border-left:4px solid var(--odd);background:var(--panel)}
.warnings li{margin:.3em 0;max-width:50em}
.figures{display:flex;flex-wrap:wrap;gap:32px 40px;margin:18px 0}
figure{margin:0;flex:1 1 380px;max-width:482px;min-width:0}
figure.wide{flex:1 1 100%;max-width:940px}
figure.usual:only-child{max-width:560px}
figure.small{flex:0 1 306px}
svg{display:block;max-width:100%;height:auto;color:var(--ink)}
figure svg{width:100%}
#map{max-width:720px}
figure.small>svg{width:auto}
figcaption{font-size:.89rem;color:var(--soft);margin-top:.6em;max-width:44em}
details{margin-top:.45em;font-size:.88rem}summary{cursor:pointer;color:var(--model)}
.scroll{overflow-x:auto;max-width:100%}
details .scroll{max-height:340px;overflow-y:auto;margin-top:6px}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;min-width:min(100%,360px)}
caption{text-align:left;font-weight:600;padding:0 0 7px}
caption span{display:inline-block;max-width:calc(100vw - 44px)}
details caption{display:none}
th,td{text-align:left;vertical-align:top;padding:5px 16px 5px 0;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-weight:600;border-bottom:1.5px solid var(--ink);white-space:nowrap}
tbody th{font-weight:500;overflow-wrap:anywhere;min-width:3em;max-width:20em}
td{overflow-wrap:anywhere;max-width:36em;min-width:2.5em}
.word{white-space:nowrap}td.told{min-width:17em}
.number{text-align:right;white-space:nowrap}
.spark{display:block;max-width:none}
.facts{margin:0 0 12px;max-width:62em}
.facts div{display:grid;grid-template-columns:13em 1fr;gap:2px 20px;padding:6px 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
pre{background:var(--panel);padding:12px 16px;margin:8px 0;font:.85rem/1.5 ui-monospace,"DejaVu Sans Mono",Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.option{white-space:nowrap}
.map{position:relative}
.points path{cursor:default}
.points path.here{stroke:var(--ink);stroke-width:2.6;stroke-opacity:1;fill-opacity:1}
.tip{position:absolute;margin:0;max-width:300px;pointer-events:none;background:var(--ink);color:var(--paper);padding:5px 10px;border-radius:4px;font-size:.84rem;line-height:1.4;overflow-wrap:anywhere;z-index:3}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.87rem}
@media (max-width:560px){body{padding:0 16px 32px}h1{font-size:1.6rem}h2{font-size:1.3rem}.facts div{grid-template-columns:1fr}.cards{grid-template-columns:1fr 1fr;gap:10px}.card{padding:9px 11px}.card b{font-size:1.4rem}figure{flex-basis:100%}figure.small{flex-basis:100%}figure.wide svg{min-width:540px}#map{overflow-x:auto}th,td{padding-right:12px}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@page{margin:16mm 14mm}
@media print{:root,:root[data-theme=dark],:root:not([data-theme=light]){color-scheme:light;${light}}body{max-width:none;padding:0;font-size:10.5pt}.cards{grid-template-columns:repeat(4,1fr);gap:8px}nav,.skip,#theme,details,.screen,.tip{display:none!important}section{margin-bottom:22px}h2,h3{break-after:avoid}figure,.card,tr,.facts div{break-inside:avoid}.scroll{overflow:visible}.figures{gap:18px 24px}figure{flex:1 1 45%;max-width:48%}figure.wide{flex:1 1 100%;max-width:100%}figure.small{flex:0 1 30%;max-width:31%}.card,pre,.warnings{print-color-adjust:exact;-webkit-print-color-adjust:exact}a{color:inherit;text-decoration:none}td,th{padding:3px 10px 3px 0}}`;
