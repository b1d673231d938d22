// A paper takes seconds: says that it is being made, lets it be given up, and hands it over when it has come. Without
// this the same link or form gives the same file, only silently.
export function start(place) {
  const button = place.querySelector('button');
  const words = place.querySelector('[role=status]');
  let going = null;

  const say = (text) => {
    words.textContent = text;
  };
  const rest = (text, failed = false) => {
    going = null;
    place.removeAttribute('aria-busy');
    place.classList.remove('t-making--on');
    place.classList.toggle('t-making--bad', failed);
    say(text);
  };

  async function fetchPaper(address, options, name) {
    going?.abort();
    const mine = new AbortController();
    going = mine;
    place.hidden = false;
    place.classList.remove('t-making--bad');
    place.classList.add('t-making--on');
    place.setAttribute('aria-busy', 'true');
    say(`${place.dataset.making}: ${name}`);
    try {
      const answer = await fetch(address, { ...options, signal: mine.signal });
      if ((answer.headers.get('content-type') ?? '').includes('html')) {
        const { show } = await import('./upload.js');
        show(await answer.text());
        return;
      }
      if (!answer.ok) throw new Error(answer.status);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await answer.blob());
      link.download = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '';
      link.dataset.made = '';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      if (going === mine) rest(`${place.dataset.made}: ${name}`);
    } catch {
      if (going === mine) rest(mine.signal.aborted ? place.dataset.stopped : place.dataset.failed, !mine.signal.aborted);
    }
  }

  button.addEventListener('click', () => going?.abort());
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches('form[data-download]')) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter ?? undefined));
    fetchPaper(form.action, { method: 'POST', body }, event.submitter?.textContent.trim() ?? '');
  });
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[download][href^="/"]');
    if (!link || 'made' in link.dataset || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    fetchPaper(link.href, {}, link.getAttribute('aria-label') ?? link.textContent.trim());
  });
}
