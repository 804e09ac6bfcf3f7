// The frame remembers: the system's colours, and which parts of the navigation are folded. In cookies, so that the
// server draws the page right at once.
const YEAR = 31_536_000;

function remember(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}

function recall(name: string): string {
  const pair = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) ?? "";
}

/** Dark or light as the system is, unless the person has chosen; on paper always light. */
function followSystem(): void {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = (): void => {
    const scheme = dark.matches ? "dark" : "light";
    if (recall("scheme") !== scheme) remember("scheme", scheme);
    if (root.dataset["theme"] === "system") root.dataset["bsTheme"] = scheme;
  };
  apply();
  dark.addEventListener("change", apply);
  let onScreen = "";
  window.addEventListener("beforeprint", () => {
    onScreen = root.dataset["bsTheme"] ?? "light";
    root.dataset["bsTheme"] = "light";
  });
  window.addEventListener("afterprint", () => (root.dataset["bsTheme"] = onScreen));
}

function toggled(cookie: string, group: string, yes: boolean): void {
  const groups = new Set(recall(cookie).split(".").filter(Boolean));
  if (yes) groups.add(group);
  else groups.delete(group);
  remember(cookie, [...groups].join("."));
}

function foldNavigation(): void {
  for (const summary of document.querySelectorAll<HTMLElement>("[data-nav-group] > summary")) {
    summary.addEventListener("click", () => {
      const group = summary.parentElement as HTMLDetailsElement;
      const opens = !group.open; // the click is told before the browser folds
      toggled("nav_open", group.dataset["navGroup"] ?? "", opens);
      toggled("nav_shut", group.dataset["navGroup"] ?? "", !opens);
    });
  }
  const button = document.querySelector<HTMLButtonElement>("[data-nav-toggle]");
  button?.addEventListener("click", () => {
    const narrow = button.closest(".shell")?.classList.toggle("nav-narrow") ?? false;
    button.setAttribute("aria-expanded", String(!narrow));
    remember("nav_narrow", narrow ? "1" : "0");
  });
}

/** On a phone the navigation is one line: what is open is pushed into sight. */
function showWhereWeAre(): void {
  const nav = document.querySelector<HTMLElement>(".shell-nav");
  const here = nav?.querySelector<HTMLElement>("[aria-current]");
  if (!nav || !here || nav.scrollWidth <= nav.clientWidth) return;
  const [bar, item] = [nav.getBoundingClientRect(), here.getBoundingClientRect()];
  nav.scrollLeft += item.left - bar.left - (bar.width - item.width) / 2;
}

/** A menu closes when something else is pressed, or Esc. */
function closeMenus(event: Event): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    const outside = !(event.target instanceof Node && menu.contains(event.target));
    if (event instanceof KeyboardEvent ? event.key === "Escape" : outside) menu.open = false;
  }
}

/** Once, when the page is there: the frame is never swapped. */
export function setUpFrame(): void {
  followSystem();
  foldNavigation();
  showWhereWeAre();
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", closeMenus);
}
