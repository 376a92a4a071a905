/* Charts: the server's drawing is the first paint; Plotly takes it over when the browser is idle.

   <figure data-chart="id of the figure's JSON" data-bundle="address of plotly.js">
     <div class="chart__still">, <div class="chart__live">, <button data-chart-open hidden>

   A figure names colours by the style sheet's custom properties (trace.meta.colour, shape.name). */
(() => {
  "use strict";

  // The one place where Plotly is configured. Nothing may leave: no share button, no server.
  const CONFIG = Object.freeze({
    displayModeBar: false,
    displaylogo: false,
    doubleClick: false,
    plotlyServerURL: "",
    responsive: true,
    scrollZoom: false,
    showSendToCloud: false,
    showTips: false,
  });
  const LATER_MS = 1500;

  const charts = [...document.querySelectorAll("[data-chart]")];
  if (!charts.length) return;

  let bundle = null;
  const load = (address) => {
    bundle ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      // A task of its own for drawing: between the two the page answers.
      script.onload = () => setTimeout(resolve);
      script.onerror = () => { bundle = null; reject(new Error("plotly.js did not load")); };
      document.head.append(script);
    });
    return bundle;
  };

  const style = getComputedStyle(document.documentElement);
  const colour = (name) => (typeof name === "string" && name.startsWith("--") ? style.getPropertyValue(name).trim() : undefined);

  const paintTrace = (trace) => {
    const own = colour(trace.meta?.colour);
    if (!own) return trace;
    trace.marker = { ...trace.marker, color: own };
    if (trace.meta.outline) trace.marker.line = { ...trace.marker.line, color: colour(trace.meta.outline) };
    if (trace.meta.hatch) trace.marker.pattern = { ...trace.marker.pattern, fillmode: "replace", bgcolor: own, fgcolor: colour(trace.meta.hatch), fgopacity: 1 };
    if (trace.meta.fill) trace.fillcolor = colour(trace.meta.fill);
    if (trace.meta.text) trace.textfont = { ...trace.textfont, color: colour(trace.meta.text) };
    if (trace.type === "scatter") { trace.line = { ...trace.line, color: own }; trace.textfont = { ...trace.textfont, color: own }; }
    return trace;
  };

  const paintLayout = (layout) => {
    const ink = colour("--ink"), line = colour("--line");
    layout.font = { ...layout.font, color: ink, family: getComputedStyle(document.body).fontFamily };
    layout.plot_bgcolor = colour("--surface"); // Plotly takes white as the ground of what is transparent
    layout.hoverlabel = { bgcolor: colour("--surface"), bordercolor: colour("--line-strong"), font: { color: ink } };
    for (const [key, axis] of Object.entries(layout)) {
      if (!/^[xy]axis\d*$/.test(key)) continue;
      Object.assign(axis, { gridcolor: line, linecolor: line, zerolinecolor: line, tickfont: { color: colour("--ink-soft") } });
      if (axis.title) axis.title.font = { ...axis.title.font, color: colour("--ink-soft") };
    }
    for (const shape of layout.shapes ?? []) if (colour(shape.name)) shape.line.color = colour(shape.name);
    for (const note of layout.annotations ?? []) if (colour(note.name)) note.font = { ...note.font, color: colour(note.name) };
    return layout;
  };

  const painted = (figure) => {
    const copy = structuredClone(figure);
    return { data: copy.data.map(paintTrace), layout: paintLayout(copy.layout) };
  };

  const draw = async (chart) => {
    const box = chart.querySelector(".chart__live");
    const { data, layout } = painted(JSON.parse(document.getElementById(chart.dataset.chart).textContent));
    await window.Plotly.react(box, data, layout, CONFIG);
  };

  const takeOver = async (chart) => {
    if (chart.matches(".is-live, .is-loading")) return;
    const button = chart.querySelector("[data-chart-open]");
    try {
      await load(chart.dataset.bundle);
      chart.classList.add("is-loading");
      await draw(chart);
      chart.classList.add("is-live");
      if (button) button.hidden = true;
    } catch (error) {
      console.warn(error.message); // the server's drawing stays
      if (button) button.hidden = false;
    } finally {
      chart.classList.remove("is-loading");
    }
  };

  const redraw = () => charts.filter((chart) => chart.matches(".is-live")).forEach(draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  const wantsLittleData = () => navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;
  const offer = (chart) => {
    const button = chart.querySelector("[data-chart-open]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => takeOver(chart));
  };
  const whenIdle = (work) => (window.requestIdleCallback ? requestIdleCallback(work) : setTimeout(work, LATER_MS));
  // A chart that nobody has scrolled near costs nothing.
  const nearView = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      nearView.unobserve(target);
      takeOver(target);
    }
  }, { rootMargin: "200px" });
  const begin = () => {
    if (wantsLittleData()) charts.forEach(offer);
    else whenIdle(() => charts.forEach((chart) => nearView.observe(chart)));
  };
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
})();
