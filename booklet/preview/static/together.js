// Both sides at the same part of the booklet: the one that is moved takes the other along.
import { named, opposite } from "./place.js";
import { HEADINGS } from "./screen.js";

export function scrollTogether(screen, paper, box) {
  let moved = null; // the side the reader's hand, wheel or keys are on
  const on = (target, side) => {
    for (const kind of ["wheel", "pointerdown", "touchstart", "keydown"])
      target.addEventListener(kind, () => (moved = side), { passive: true });
  };
  on(paper.region, paper);
  paper.region.addEventListener("scroll", () => {
    if (box.checked && moved === paper) turnScreen(screen, paper);
  });
  screen.frame.addEventListener("opened", () => {
    on(screen.page, screen);
    screen.page.addEventListener("scroll", () => {
      if (box.checked && moved === screen) turnPaper(screen, paper);
    });
  });
  screen.onheading = (heading) => {
    moved = null;
    const name = headings(screen).find(([, element]) => element === heading)?.[0];
    if (paper.places.has(name)) paper.position = paper.places.get(name);
  };
}

/** The headings both sides have: their heights on the screen, and their places on paper. */
function stopsOf(screen, paper) {
  const scrolled = screen.frame.contentWindow.scrollY;
  const stops = headings(screen)
    .filter(([name]) => paper.places.has(name))
    .map(([name, element]) => [element.getBoundingClientRect().top + scrolled, paper.places.get(name)]);
  const heights = [0, ...stops.map(([height]) => height), screen.page.documentElement.scrollHeight];
  const places = [0, ...stops.map(([, place]) => place), paper.list.children.length];
  return { heights, places };
}

function headings(screen) {
  return named([...screen.page.querySelectorAll(HEADINGS)], (heading) => heading.textContent);
}

function turnPaper(screen, paper) {
  const { heights, places } = stopsOf(screen, paper);
  paper.position = opposite(screen.frame.contentWindow.scrollY, heights, places);
}

function turnScreen(screen, paper) {
  const { heights, places } = stopsOf(screen, paper);
  screen.frame.contentWindow.scrollTo(0, opposite(paper.position, places, heights));
}
