// Runs the tide desk: three routes without a framework, with a new decision about the appeal on each.
import {start} from 'reader-support';

const main = document.querySelector('main');

function show() {
  const name = location.pathname.replace(/^\/spa\/?/, '') || 'week';
  const page = document.querySelector(`template#${CSS.escape(name)}`);
  const view = page ?? document.querySelector('template#nowhere');
  main.replaceChildren(view.content.cloneNode(true));
  document.title = `${main.querySelector('h1').textContent} | The Harbour Post`;
  for (const link of document.querySelectorAll('nav [data-route]')) {
    if (link.pathname === location.pathname) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

show();

const support = start({
  campaigns: '/support/campaigns.json',
  load: () => import('reader-support/define/all'),
});

function go() {
  show();
  support.navigate();
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-route]');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  if (link.href === location.href) return;
  history.pushState(null, '', link.href);
  go();
  scrollTo(0, 0);
  main.focus({preventScroll: true});
});

addEventListener('popstate', go);
