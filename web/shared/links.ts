/** Links between our own pages leave no trail. */

/** Let a link take the place of this page in the history: Back then does not find it. */
export function replaceOnClick(link: HTMLAnchorElement): void {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(link.href);
  });
}
