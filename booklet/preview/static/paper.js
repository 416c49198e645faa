// The printed pages as pictures, fetched for the pages in view and as sharp as the screen.
import { keep, kept, named } from "./place.js";

export class Paper {
  constructor(region) {
    this.region = region;
    this.list = region.querySelector("ol");
    const { width, height } = this.list.dataset; // millimetres
    this.list.style.setProperty("--page-width", `${width}mm`);
    this.list.style.setProperty("--page-shape", `${width} / ${height}`);
    this.pages = []; // the name of each: what it was set from, and its number there
    this.places = new Map();
    this.near = new Set();
    this.observer = new IntersectionObserver((seen) => this.notice(seen), { root: region, rootMargin: "60%" });
    new ResizeObserver(() => this.refresh()).observe(region);
    addEventListener("pagehide", () => this.pages.length && keep("paper", this.place()));
  }

  show({ pages, places }) {
    if (!pages.length) return;
    if (String(pages) === String(this.pages)) return this.refresh(); // pictures that did not come are asked for again
    const place = this.pages.length ? this.place() : kept("paper");
    this.pages = pages;
    this.places = new Map(named(places, ([words]) => words).map(([name, [, at]]) => [name, at]));
    while (this.list.children.length > pages.length) this.forget(this.list.lastElementChild);
    while (this.list.children.length < pages.length) this.add();
    if (place) this.go(place);
    this.refresh();
  }

  add() {
    const page = document.createElement("li");
    page.className = "paper__page";
    this.list.append(page);
    this.observer.observe(page);
  }

  /** The names of the pages in sight, the one that most is seen of first. */
  get looked() {
    const top = this.region.scrollTop + this.list.offsetTop, bottom = top + this.region.clientHeight;
    const seen = (page) => Math.min(page.offsetTop + page.offsetHeight, bottom) - Math.max(page.offsetTop, top);
    return [...this.list.children]
      .map((page, number) => [seen(page), this.pages[number]])
      .filter(([much]) => much > 0)
      .sort(([much], [more]) => more - much)
      .map(([, name]) => name);
  }

  forget(page) {
    this.observer.unobserve(page);
    this.near.delete(page);
    page.remove();
  }

  notice(seen) {
    for (const { target, isIntersecting } of seen) this.near[isIntersecting ? "add" : "delete"](target);
    this.refresh();
  }

  refresh() {
    for (const page of this.near) this.draw(page);
  }

  /** Put the page's picture in the place of an older or a smaller one, once it can be painted. */
  async draw(page) {
    const width = Math.min(4000, Math.ceil((page.clientWidth * devicePixelRatio) / 100) * 100);
    const number = [...this.list.children].indexOf(page) + 1;
    const name = this.pages[number - 1];
    const address = `/page/${name}.png${location.search}&width=${width}`;
    if (!name || !width || page.dataset.address === address) return;
    page.dataset.address = address;
    const picture = new Image();
    picture.alt = `Page ${number}`;
    [picture.dataset.set] = name.split("/");
    picture.src = address;
    try {
      await picture.decode();
    } catch {
      if (page.dataset.address === address) delete page.dataset.address;
      return; // a newer one is on its way
    }
    if (page.dataset.address === address) page.replaceChildren(picture);
  }

  /** Pages from the start, as the top of the region shows them: 2.25 is a quarter down the third. */
  get position() {
    const top = this.region.scrollTop + this.list.offsetTop;
    const pages = [...this.list.children];
    const number = Math.max(0, pages.findLastIndex((page) => page.offsetTop <= top));
    const page = pages[number];
    return page ? number + (top - page.offsetTop) / pitch(page) : 0;
  }

  set position(value) {
    const number = Math.max(0, Math.min(Math.floor(value), this.list.children.length - 1));
    const page = this.list.children[number];
    if (page) this.region.scrollTop = page.offsetTop - this.list.offsetTop + (value - number) * pitch(page);
  }

  /** The place as a distance from the heading before it, so that pages before may come and go. */
  place() {
    const position = this.position;
    const [name, at] = [...this.places].findLast(([, at]) => at <= position + 0.01) ?? ["", 0];
    return { name, rest: position - at, position };
  }

  go({ name, rest, position }) {
    this.position = this.places.has(name) ? this.places.get(name) + rest : position;
  }
}

/** Pixels from the head of a page to the head of the next. */
function pitch(page) {
  const next = page.nextElementSibling;
  return next ? next.offsetTop - page.offsetTop : page.offsetHeight;
}
