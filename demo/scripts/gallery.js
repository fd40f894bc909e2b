// Makes the frame of something that stands in the text as high as what is in it.
addEventListener('message', ({data, origin, source}) => {
  if (origin !== location.origin || !(data?.galleryHeight > 0)) return;
  for (const frame of document.querySelectorAll('iframe'))
    if (frame.contentWindow === source) frame.height = Math.ceil(data.galleryHeight);
});
