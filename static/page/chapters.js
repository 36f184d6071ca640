/**
 * The chapters of a page: each is a file that says when it is offered, what it asks of the server while it is
 * open, and what its view is given. Here stands what they share: opening, asking the newest, keeping the last answer.
 *
 * @import { FeatureMap, Translate } from "../types.js"
 * @typedef {object} Host the page, as far as its chapters need it
 * @property {Translate} t
 * @property {{values: {open: string[]}, set: (patch: {open: string[]}) => void}} state
 * @property {import("../transport/http.js").Http} http
 * @property {import("../transport/stream.js").Stream} stream
 * @property {boolean} ready whether there is something to ask about
 * @property {(error: import("../types.js").ApiErrorBody) => string} problem a refusal in words
 * @property {() => void} defer bring everything up to date after the next frame
 * @typedef {{request: object, messages: Record<string, any>, maps: Record<string, FeatureMap[]>}} Answer messages by
 *   type, maps by layer; a map of float32 holds its numbers as levels; messages.reply is what a post was answered
 * @typedef {EventTarget & {update: (model: any) => void, translate: (t: Translate) => void}} ChapterView
 * @typedef {Chapter<any>} AnyChapter
 * @typedef {{chapter: AnyChapter, section: SectionView, view: ChapterView | null, asked: string, answer: Answer | null,
 *   late: boolean, calling: boolean, problem: string}} Entry calling: a call is under way
 */

import { refusalOf } from "../transport/http.js";
import { SectionView } from "../views/base/section.js";
import { on } from "./events.js";
import { featureMaps } from "./maps.js";

/**
 * @template H the page it is a chapter of
 * @typedef {object} Chapter
 * @property {string} name it is called chapter.<name> in the messages
 * @property {(host: H) => boolean} offered whether it makes sense for what is shown
 * @property {(place: HTMLElement, t: Translate) => ChapterView} view made when it is first opened
 * @property {(host: H) => object | null} [request] for the stream, or {post: path, body} for a call; asked when it changes
 * @property {(host: H, answer: Answer | null) => object} model
 * @property {(host: H, answer: Answer | null) => string} [summary] a few words beside the heading
 * @property {(host: H, view: any) => void} [listen] what comes of the view's events
 */

/** While something is dragged the pictures come first: ms from one refreshing of the chapters to the next. */
const DRAGGED = 120;

export class Chapters {
  /** @param {Host} host @param {AnyChapter[]} order in which they stand on the page @param {HTMLElement} place */
  constructor(host, order, place) {
    this.host = host;
    this.refreshed = Number.NEGATIVE_INFINITY;
    /** @type {Entry[]} */
    this.entries = order.map((chapter) => {
      const section = new SectionView(chapter.name, host.t);
      on(section, "toggle", ({ open }) => this.toggle(chapter.name, open));
      return {
        chapter,
        section,
        view: null,
        asked: "",
        answer: null,
        late: false,
        calling: false,
        problem: "",
      };
    });
    place.replaceChildren(...this.entries.map(({ section }) => section.element));
  }

  /** The view of a chapter that was open once. @param {string} name */
  view(name) {
    return this.entries.find(({ chapter }) => chapter.name === name)?.view ?? null;
  }

  /** The last that a chapter was answered. @param {string} name */
  answer(name) {
    return this.entries.find(({ chapter }) => chapter.name === name)?.answer ?? null;
  }

  /** @param {string} name */
  isOpen(name) {
    return this.host.state.values.open.includes(name);
  }

  /** @param {string} name @param {boolean} open */
  toggle(name, open) {
    const { state } = this.host;
    const others = state.values.open.filter((one) => one !== name);
    state.set({ open: open ? [...others, name] : others });
  }

  /** The server is back: what it could not answer is asked again. */
  back() {
    for (const entry of this.entries) if (entry.problem) entry.asked = "";
  }

  /** After each frame on which something changed; a few times a second while a newer picture is on its way. */
  refresh() {
    const now = performance.now();
    if (now - this.refreshed < DRAGGED && this.host.stream.busy("main")) return;
    this.refreshed = now;
    for (const entry of this.entries) this.#refresh(entry);
  }

  /** @param {Translate} t */
  translate(t) {
    for (const { section, view } of this.entries) {
      section.translate(t);
      view?.translate(t);
    }
  }

  /** @param {Entry} entry */
  #refresh(entry) {
    const { host } = this;
    const { chapter, section } = entry;
    const offered = chapter.offered(host);
    const open = this.isOpen(chapter.name);
    section.update({ offered, open, summary: offered ? (chapter.summary?.(host, entry.answer) ?? "") : "" });
    if (!offered || !open) return this.#rest(entry);
    this.#ask(entry);
    const { late, problem } = entry;
    section.state(late, problem);
    if (!entry.view) {
      entry.view = chapter.view(section.body, host.t);
      chapter.listen?.(host, entry.view);
    }
    entry.view.update({ ...chapter.model(host, entry.answer), late });
  }

  /** What nobody looks at is not computed. @param {Entry} entry */
  #rest(entry) {
    if (!entry.asked) return;
    this.host.stream.cancel(entry.chapter.name);
    entry.asked = "";
    entry.late = false;
  }

  /** The newest question, once the picture itself is there. @param {Entry} entry */
  #ask(entry) {
    const { host } = this;
    const request = chapterRequest(entry, host);
    const asked = JSON.stringify(request);
    if (asked === entry.asked || !request || host.stream.busy("main")) return;
    // One call at a time: when it is answered, the newest is asked.
    if ("post" in request && entry.calling) return;
    entry.asked = asked;
    entry.late = true;
    /** @param {Partial<Entry>} change */
    const settle = (change) => {
      if (entry.asked !== asked) return;
      Object.assign(entry, { late: false, problem: "" }, change);
      host.defer();
    };
    const refused = (/** @type {import("../types.js").ApiErrorBody} */ error) =>
      settle({ problem: host.problem(error) });
    if ("post" in request) {
      entry.calling = true;
      post(host, /** @type {any} */ (request), settle, refused).finally(() => {
        entry.calling = false;
        host.defer();
      });
    } else stream(host, entry.chapter.name, request, settle, refused);
  }
}

/** @param {Entry} entry @param {Host} host */
function chapterRequest({ chapter }, host) {
  return host.ready ? (chapter.request?.(host) ?? null) : null;
}

/** @typedef {(change: Partial<Entry>) => void} Settle @typedef {(error: import("../types.js").ApiErrorBody) => void} Refuse */

/** @param {Host} host @param {{post: string, body: object}} request @param {Settle} settle @param {Refuse} refused */
async function post(host, request, settle, refused) {
  try {
    const reply = await host.http.post(request.post, request.body);
    settle({ answer: { request, messages: { reply: await reply.json() }, maps: {} } });
  } catch (error) {
    refused(refusalOf(error));
  }
}

/** @param {Host} host @param {string} slot @param {object} request @param {Settle} settle @param {Refuse} refused */
function stream(host, slot, request, settle, refused) {
  /** @type {Answer} */
  const answer = { request, messages: {}, maps: {} };
  host.stream.wish(slot, request, {
    message: (message) => {
      answer.messages[message.type] = message;
    },
    frame: (frame) => {
      const { layer } = frame.header;
      answer.maps[layer] ??= [];
      answer.maps[layer].push(...featureMaps(frame));
    },
    done: () => settle({ answer }),
    error: refused,
  });
}
