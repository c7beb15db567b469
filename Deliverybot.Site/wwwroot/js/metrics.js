// Draws the charts from the table that stands below them, so both always say the same. Without scripts the table is enough.
const area = document.querySelector("[data-charts]");

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const draw = () => {
  const rows = [...document.querySelectorAll(`#${area.dataset.charts} tbody tr`)].reverse();
  const labels = rows.map((row) => row.dataset.label);
  const figures = (name) => rows.map((row) => (row.dataset[name] === "" || row.dataset[name] === undefined ? null : Number(row.dataset[name])));
  const scales = (stacked) => ({
    x: { stacked, grid: { display: false }, border: { color: colour("--line-2") }, ticks: { color: colour("--ink-3"), maxRotation: 0, autoSkipPadding: 16 } },
    y: { stacked, beginAtZero: true, grid: { color: colour("--line") }, border: { display: false }, ticks: { color: colour("--ink-3"), precision: stacked ? 0 : undefined, maxTicksLimit: 5 } },
  });
  const options = (stacked) => ({
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: "index", intersect: false },
    font: { family: colour("--bs-body-font-family") },
    plugins: { legend: { display: stacked, position: "bottom", labels: { color: colour("--ink-2"), boxWidth: 10, boxHeight: 10, usePointStyle: true } } },
    scales: scales(stacked),
  });
  const bar = { maxBarThickness: 22, borderRadius: 2, stack: "all" };
  return [
    new Chart(area.querySelector("[data-chart=deployments]"), {
      type: "bar",
      data: {
        labels,
        datasets: [
          { label: "stayed", data: figures("held"), backgroundColor: colour("--accent"), ...bar },
          { label: "failed or rolled back", data: figures("failed"), backgroundColor: colour("--bad"), ...bar },
        ],
      },
      options: options(true),
    }),
    new Chart(area.querySelector("[data-chart=lead]"), {
      type: "line",
      data: { labels, datasets: [{ label: area.querySelector("[data-chart=lead]").dataset.unit, data: figures("lead"), borderColor: colour("--accent-ink"), backgroundColor: colour("--accent-ink"), borderWidth: 2, pointRadius: 2.5, tension: 0, spanGaps: true }] },
      options: options(false),
    }),
  ];
};

if (area) {
  area.hidden = false;
  let charts = draw();
  new MutationObserver(() => {
    charts.forEach((chart) => chart.destroy());
    charts = draw();
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
}
