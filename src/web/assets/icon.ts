/** The mark of the pages in tabs and bookmarks: a keep with its battlements. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#23985b"/><path d="M8 7h4v3h2V7h4v3h2V7h4v8l-2 2v8H10v-8l-2-2zm6 18h4v-4a2 2 0 0 0-4 0z" fill="#fff"/></svg>
`;
