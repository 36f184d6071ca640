/**
 * What the gallery shows: the visitor's own pictures, then the samples; first a picture that came by a link.
 *
 * @import { ApiErrorBody, Sample, Translate } from "../types.js"
 * @typedef {object} Host
 * @property {{values: {image: string}}} state
 * @property {{list: {id: string, title: string}[], busy: boolean, problem: ApiErrorBody | null}} uploads
 * @property {import("../transport/http.js").Http} http
 * @property {{gallery: import("../views/frame/gallery.js").GalleryView}} views
 * @property {Translate} t
 */

const PHOTO = { size: 96, color: "rgb", frame: 0 };

/**
 * @param {Host} host @param {Sample[]} samples that are offered
 * @param {{drawn?: typeof PHOTO, refused?: string}} [more] drawn: how small pictures of patterns are asked for;
 *   refused: why the picture cannot be had, where an upload says nothing
 */
export function showGallery(
  { state, uploads, http, views, t },
  samples,
  { drawn = PHOTO, refused = "" } = {},
) {
  const { image } = state.values;
  const item = (/** @type {string} */ id, /** @type {string} */ title, credit = "", synthetic = false) => ({
    ...{ id, title, credit, drawn: synthetic },
    thumbnail: http.url(http.pixelsPath(id, synthetic ? drawn : PHOTO, "png")),
  });
  const known = [
    ...uploads.list.map(({ id, title }) => item(id, title, t("gallery.own"))),
    ...samples.map(({ id, title, credit, synthetic }) =>
      item(id, t.local(title), synthetic ? "" : credit, synthetic),
    ),
  ];
  const linked = image !== "" && !known.some(({ id }) => id === image);
  views.gallery.update({
    items: linked ? [item(image, t("gallery.linked")), ...known] : known,
    image,
    busy: uploads.busy,
    error: uploads.problem ? t.error(uploads.problem) : refused,
  });
}
