/**
 * Where the units of a network stand: columns by the longest way from the picture, lanes for what lies side by side in
 * one, lines to the next column, arcs to a later one, brackets over modules. No lengths yet: geometry.js has those.
 *
 * @typedef {{name: string, unit: string, module?: string | null, operation: string, shape: number[], inputs: Record<string, string>}} Layer
 * @typedef {{name: string, label: string, layers: Layer[], last: Layer, sources: string[], column: number, lane: number, lanes: number}} Place
 *   of a unit; sources: units, or "" for the picture; lanes: of its column
 * @typedef {{from: string, to: string, level: number}} Edge level 0: a line; else an arc, the higher the further out
 * @typedef {{name: string, first: number, last: number}} Module over columns
 * @typedef {{places: Place[], columns: number, edges: Edge[], modules: Module[]}} Layout
 */

/** The picture, as a source. */
export const PICTURE = "";

/** @param {Layer[]} layers in the order in which they are computed @returns {Layout} */
export function layoutOf(layers) {
  const places = placed(layers);
  const at = new Map(places.map((place) => [place.name, place]));
  const columns = 1 + Math.max(-1, ...places.map(({ column }) => column));
  return { places, columns, edges: edgesOf(places, at), modules: modulesOf(places) };
}

/** @param {Layer[]} layers @returns {Place[]} */
function placed(layers) {
  const unitOf = new Map(layers.map(({ name, unit }) => [name, unit]));
  /** @type {Map<string, Place>} */
  const places = new Map();
  for (const layer of layers) {
    const known = places.get(layer.unit);
    const feeding = Object.values(layer.inputs).map((name) => unitOf.get(name) ?? PICTURE);
    if (known) {
      known.layers.push(layer);
      known.last = layer;
      known.sources.push(...feeding.filter((name) => name !== layer.unit));
    } else {
      const label = layer.module ? layer.name.slice(layer.module.length + 1) : layer.name;
      const place = { name: layer.unit, label, layers: [layer], last: layer, sources: feeding };
      places.set(layer.unit, { ...place, column: 0, lane: 0, lanes: 1 });
    }
  }
  /** @type {number[]} */
  const filled = [];
  for (const place of places.values()) {
    place.sources = [...new Set(place.sources)];
    place.column = 1 + Math.max(-1, ...place.sources.map((name) => places.get(name)?.column ?? -1));
    place.lane = filled[place.column] ?? 0;
    filled[place.column] = place.lane + 1;
  }
  for (const place of places.values()) place.lanes = filled[place.column];
  return [...places.values()];
}

/** Arcs over the same columns keep apart; one that begins where another ends may share its level. @param {Place[]} places @param {Map<string, Place>} at @returns {Edge[]} */
function edgesOf(places, at) {
  /** @type {number[]} the column up to which each level is taken */
  const taken = [];
  return places.flatMap((place) =>
    place.sources.map((from) => {
      const start = at.get(from)?.column ?? -1;
      if (place.column - start === 1) return { from, to: place.name, level: 0 };
      let level = taken.findIndex((end) => end <= start);
      if (level < 0) level = taken.length;
      taken[level] = place.column;
      return { from, to: place.name, level: level + 1 };
    }),
  );
}

/** @param {Place[]} places @returns {Module[]} */
function modulesOf(places) {
  /** @type {Map<string, Module>} */
  const found = new Map();
  for (const { last, column } of places) {
    if (!last.module) continue;
    const known = found.get(last.module);
    if (!known) found.set(last.module, { name: last.module, first: column, last: column });
    else {
      known.first = Math.min(known.first, column);
      known.last = Math.max(known.last, column);
    }
  }
  return [...found.values()];
}

/**
 * Which unit one comes to: along the columns, and between the lanes of one.
 * @param {Layout} layout @param {string} name @param {"left" | "right" | "up" | "down" | "first" | "last"} way @returns {string | null}
 */
export function walk({ places, edges }, name, way) {
  const place = places.find((one) => one.name === name);
  if (!place) return null;
  if (way === "first") return places[0].name;
  if (way === "last") return places[places.length - 1].name;
  if (way === "up" || way === "down") {
    const lane = place.lane + (way === "up" ? -1 : 1);
    return places.find((one) => one.column === place.column && one.lane === lane)?.name ?? null;
  }
  const step = way === "left" ? -1 : 1;
  const beside = places.filter(({ column }) => column === place.column + step);
  const joined = beside.filter((one) =>
    edges.some(({ from, to }) =>
      step > 0 ? from === name && to === one.name : to === name && from === one.name,
    ),
  );
  const near = (joined.length ? joined : beside).sort(
    (a, b) => Math.abs(a.lane - place.lane) - Math.abs(b.lane - place.lane) || a.lane - b.lane,
  );
  return near[0]?.name ?? null;
}
