// While somebody is typed in, people like him are asked for and shown. What was typed is posted, never put in an address; an
// answer to what has been changed since is not shown.
export function start(form) {
  const here = form.querySelector('[data-likely-here]');
  const fields = ['name', 'nik', 'birth_date', 'on', 'relation', 'village', 'near'];
  let timer;
  let asked = '';
  const ask = async () => {
    const typed = new URLSearchParams();
    for (const field of fields) {
      const value = form.elements[field]?.value?.trim();
      if (value) typed.set(field, value);
    }
    const now = typed.toString();
    if (now === asked) return;
    asked = now;
    if ((typed.get('name') ?? '').length < 3 && !typed.get('nik')) return here.replaceChildren();
    const answer = await fetch(form.dataset.likely, { method: 'POST', body: typed }).catch(() => null);
    if (asked !== now) return;
    if (!answer?.ok || answer.redirected || answer.status === 204) return here.replaceChildren();
    const part = new DOMParser().parseFromString(await answer.text(), 'text/html');
    here.replaceChildren(...part.body.childNodes);
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 350);
  });
  ask();
}
