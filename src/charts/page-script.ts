/**
 * What moves on a page: the choice of light or dark, and the points of the map, by mouse and by arrow keys.
 * Without it the page says all the same. It reads only what the page holds.
 */
export const script: string = `(() => {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const asked = new URLSearchParams(location.search).get("theme");
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  if (asked === "dark" || asked === "light") root.dataset.theme = asked;
  button.hidden = false;
  button.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; show(); });
  show();
  const map = document.getElementById("map");
  if (!map) return;
  const tip = map.querySelector(".tip");
  const svg = map.querySelector("svg");
  // the least score is drawn first: the last point is the oddest
  const points = [...svg.querySelectorAll("[data-told]")].reverse();
  let at = -1;
  const leave = () => { points[at]?.classList.remove("here"); tip.hidden = true; };
  const go = (i) => {
    leave();
    at = Math.max(0, Math.min(points.length - 1, i));
    const point = points[at];
    if (!point) return;
    point.classList.add("here");
    tip.textContent = point.dataset.told;
    tip.hidden = false;
    const [a, b] = [point.getBoundingClientRect(), map.getBoundingClientRect()];
    const left = a.left - b.left + 14;
    tip.style.left = Math.max(0, left + tip.offsetWidth > b.width ? left - tip.offsetWidth - 22 : left) + "px";
    tip.style.top = Math.max(0, a.top - b.top - 8) + "px";
  };
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    let best = -1, least = 14 * 14;
    for (let i = 0; i < points.length; i++) {
      const p = places()[i];
      const dx = p[0] * box.width + box.left - event.clientX, dy = p[1] * box.height + box.top - event.clientY;
      if (dx * dx + dy * dy < least) { least = dx * dx + dy * dy; best = i; }
    }
    if (best < 0) leave(); else if (best !== at || tip.hidden) go(best);
  });
  svg.addEventListener("pointerleave", leave);
  let known;
  const places = () => known ??= points.map((point) => {
    const box = svg.getBoundingClientRect(), p = point.getBoundingClientRect();
    return [(p.left + p.width / 2 - box.left) / box.width, (p.top + p.height / 2 - box.top) / box.height];
  });
  map.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 50, PageUp: -50, Home: -1e9, End: 1e9 };
    if (event.key === "Escape") return leave();
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(at + step);
  });
  map.addEventListener("blur", leave);
})();`;
