/** The Lab: one operation on one picture. Its pixels are asked for before the registry is here. */

import { readAddress } from "./lab/address.js";
import { code } from "./lab/chapters/code.js";
import { compare } from "./lab/chapters/compare.js";
import { coverage } from "./lab/chapters/coverage.js";
import { curve } from "./lab/chapters/curve.js";
import { parts } from "./lab/chapters/parts.js";
import { size } from "./lab/chapters/size.js";
import { sum } from "./lab/chapters/sum.js";
import { Lab } from "./lab/page.js";
import { Session } from "./lab/session.js";
import { COMPUTED, TABLE } from "./lab/state.js";
import { makeViews } from "./lab/views.js";
import { pictureOf } from "./lab/wishes.js";
import { start } from "./page/start.js";

/** @type {import("./page/chapters.js").Chapter<Lab>[]} in the order in which they stand on the page */
const chapters = [sum, parts, curve, size, coverage, compare, code];

start(new URL("..", import.meta.url), {
  ...{ page: Lab, table: TABLE, computed: COMPUTED, views: makeViews, chapters, read: readAddress },
  early: (values, http, stream) => {
    const session = new Session(stream, http);
    session.want({ picture: pictureOf(values), body: null, selected: 0, since: performance.now() });
    return session;
  },
});
