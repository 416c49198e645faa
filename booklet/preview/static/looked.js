// Tells the preview which pages are looked at: after a save it sets these first.

const REST = 150; // milliseconds without a movement

/** Tell when the paper has come to rest; what is given back tells at once: pages may have new names. */
export function tellLooked(paper) {
  let resting;
  const tell = () => {
    const pages = paper.looked.map((name) => ["page", name]);
    const query = new URLSearchParams([...new URLSearchParams(location.search), ...pages]);
    if (pages.length) fetch(`/looked?${query}`, { method: "POST" }).catch(() => {}); // it has ended
  };
  const soon = () => {
    clearTimeout(resting);
    resting = setTimeout(tell, REST);
  };
  paper.region.addEventListener("scroll", soon);
  new ResizeObserver(soon).observe(paper.region);
  return tell;
}
