/**
 * Runs before there is anything to be seen or clicked: who is quicker than the page's scripts and follows a link to
 * another page takes along what the address says of the picture, the language, the theme; static/page/doors.js sees to
 * it as soon as it is there.
 */
{
  const known = /^(image|frame|crop|lang|theme)=/;

  /** @param {Event} event */
  const open = ({ target }) => {
    const door = target instanceof Element && target.closest("a[data-door]:not([data-open])");
    if (!(door instanceof HTMLAnchorElement)) return;
    const page = door.dataset.door ?? "";
    const kept = location.hash
      .slice(1)
      .split("&")
      .filter((part) => known.test(part));
    const lang = kept.find((part) => part.startsWith("lang="));
    // What is written by the server reads no fragment.
    if ("written" in door.dataset) door.href = lang ? `${page}?${lang}` : page;
    else door.href = kept.length > 0 ? `${page}#${kept.join("&")}` : page;
  };
  for (const type of ["pointerdown", "click"]) addEventListener(type, open, true);
}
