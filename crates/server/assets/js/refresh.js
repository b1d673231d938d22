// Keeps a screen on the wall up to date: every `data-refresh` seconds the page is asked for anew and this element is
// replaced by its successor (same id). A failed answer changes nothing; the page itself says as of when its numbers are.
export function start(element) {
  const seconds = Math.max(15, Number(element.dataset.refresh) || 60);
  const timer = setInterval(async () => {
    if (!element.isConnected) return clearInterval(timer);
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.getElementById(element.id);
    if (next) element.replaceChildren(...next.childNodes);
  }, seconds * 1000);
}
