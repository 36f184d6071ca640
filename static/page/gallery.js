/**
 * What the gallery shows: the visitor's own pictures, then the samples; first a picture that came by a link.
 *
 * @import { Sample, Translate } from "../types.js"
 */

/** @param {{image: string}} values @param {Sample[]} samples @param {{id: string, title: string}[]} uploads @param {(id: string, drawn?: boolean) => string} thumbnail @param {Translate} t */
export function galleryItems(values, samples, uploads, thumbnail, t) {
  const own = uploads.map(({ id, title }) => ({
    id,
    title,
    credit: t("gallery.own"),
    thumbnail: thumbnail(id),
    drawn: false,
  }));
  const given = samples.map(({ id, title, credit, synthetic = false }) => ({
    id,
    title: t.local(title),
    credit: synthetic ? "" : credit,
    thumbnail: thumbnail(id, synthetic),
    drawn: synthetic,
  }));
  const known = [...own, ...given];
  const linked = known.some((item) => item.id === values.image) || values.image === "";
  return linked
    ? known
    : [
        {
          ...{ id: values.image, title: t("gallery.linked"), credit: "" },
          ...{ thumbnail: thumbnail(values.image), drawn: false },
        },
        ...known,
      ];
}
