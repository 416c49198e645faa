// The booklet as a web page, changed in place: no flash, and what was at the top stays there.
import { become } from "./become.js";
import { keep, kept } from "./place.js";

export const HEADINGS = "h1, h2, h3, h4";
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, tr, figure, table";

export class Screen {
  constructor(frame) {
    this.frame = frame;
    this.shown = null;
    this.wanted = null;
    this.onheading = () => {};
    addEventListener("pagehide", () => this.shown && keep("screen", this.place()));
  }

  get page() {
    return this.frame.contentDocument;
  }

  async show(digest) {
    if (!digest || digest === this.wanted) return;
    this.wanted = digest;
    const address = `/screen/${digest}${location.search}`;
    if (this.shown === null) return this.open(address, digest);
    const answer = await fetch(address);
    if (!answer.ok || this.wanted !== digest) return;
    const fresh = new this.frame.contentWindow.DOMParser().parseFromString(await answer.text(), "text/html");
    const place = this.place();
    become(this.page.documentElement, fresh.documentElement);
    this.shown = digest;
    this.go(place);
  }

  open(address, digest) {
    this.frame.addEventListener("load", () => {
      this.shown = digest;
      this.page.addEventListener("click", (event) => this.follow(event));
      if (kept("screen")) this.go(kept("screen"));
      this.frame.dispatchEvent(new Event("opened"));
    }, { once: true });
    this.frame.src = address;
  }

  /** A link inside the booklet brings its printed page too; others open beside the preview. */
  follow(event) {
    const link = event.target.closest("a[href]");
    const part = link ? this.page.getElementById(link.hash.slice(1)) : event.target.closest(HEADINGS);
    if (link && !link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      if (link.protocol.startsWith("http")) open(link.href, "_blank", "noopener");
    } else if (part) {
      this.onheading(part.matches(HEADINGS) ? part : part.querySelector(HEADINGS));
    }
  }

  /** What is at the top: an element, how far from the edge, and how to find it if it is replaced. */
  place() {
    const blocks = [...this.page.querySelectorAll(BLOCKS)];
    const element = blocks.find((each) => each.getBoundingClientRect().bottom > 0);
    if (!element) return null;
    const inside = element.closest("[id]");
    return {
      element,
      top: element.getBoundingClientRect().top,
      id: inside?.id ?? null,
      index: this.within(inside).indexOf(element),
      text: element.textContent,
    };
  }

  within(part) {
    return [...(part ?? this.page).querySelectorAll(BLOCKS)];
  }

  go(place) {
    if (!place) return;
    const there = this.find(place);
    if (there) this.frame.contentWindow.scrollBy(0, there.getBoundingClientRect().top - place.top);
  }

  find({ element, id, index, text }) {
    if (element?.isConnected) return element;
    const around = this.within(id && this.page.getElementById(id));
    return around.find((each) => each.textContent === text) ?? around[index] ?? around.at(-1);
  }
}
