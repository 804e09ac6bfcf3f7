// How an objection or a reply travels: as a form, because photographs come with it.

/** Writes a body as multipart together with the photographs; the browser sets the boundary. */
export function sent(photos: File[]): (body: Record<string, unknown>) => FormData {
  return (body) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(body))
      for (const one of Array.isArray(value) ? value : [value]) form.append(name, String(one));
    for (const photo of photos) form.append("files", photo);
    return form;
  };
}
