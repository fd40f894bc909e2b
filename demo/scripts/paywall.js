// The paywall, as a site bundles it that imports the package.
import 'reader-support/define/support-paywall';

// A story that a supporter has given away is known by the link, and the server knows the link.
const given = async signal => {
  if (!location.search.includes('support_link=')) return false;
  const page = encodeURIComponent(location.pathname + location.search);
  const response = await fetch(`/gift/check?page=${page}`, {signal});
  return (await response.json()).kind ?? false;
};

for (const paywall of document.querySelectorAll('support-paywall:not([server])')) {
  paywall.ways = [{id: 'gift', ask: given}];
}
