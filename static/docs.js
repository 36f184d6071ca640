/** The reference page, which the server writes and which can be read without this: folds, search, calls to be tried. */

import { bindFinder } from "./docs/finder.js";
import { bindFolds } from "./docs/folds.js";
import { bindTrials } from "./docs/trials.js";

bindTrials(document);
bindFinder();
bindFolds();
