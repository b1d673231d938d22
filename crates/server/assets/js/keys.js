// J and K go down and up a queue or list, Enter opens the row. Never while something is typed.
let ready = false;
const lists = new Set();

export function start(list) {
  lists.add(list);
  if (ready) return;
  ready = true;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    if (event.key === 'j' || event.key === 'k') {
      step(event.key === 'j' ? 1 : -1);
    }
  });
}

const rows = () => [...lists].filter((list) => list.isConnected).flatMap((list) => [...list.querySelectorAll('li, tbody tr')]).filter(linkOf);
const linkOf = (row) => row.querySelector('a.t-rowlink, a[href]');

/** The focus itself moves, so Enter is the browser's own. */
function step(by) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.contains(document.activeElement) || row.classList.contains('is-here'));
  const next = all[Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
  all.forEach((row) => row.classList.toggle('is-here', row === next));
  linkOf(next).focus();
  next.scrollIntoView({ block: 'nearest' });
}
