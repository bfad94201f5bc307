/** How far a workspace is on its way to the first campaign. */
export interface Way {
  contacts: number;
  events: number;
  segments: number;
  templates: number;
}

export interface Step {
  title: string;
  message: string;
  action: string;
  to: '/data' | '/segments' | '/content' | '/campaigns';
}

/** The first thing that is missing. */
export function nextStep(way: Way): Step {
  if (way.contacts === 0)
    return { to: '/data', title: 'Bring your contacts', message: 'A CSV file from your shop or newsletter is enough; you see what it becomes before anything is kept.', action: 'Import contacts' };
  if (way.events === 0)
    return { to: '/data', title: 'Bring what they did', message: 'With orders and visits, segments can ask who bought what, and when.', action: 'Import events' };
  if (way.segments === 0)
    return { to: '/segments', title: 'Say whom you want to reach', message: 'A segment is a condition in plain words, counted as you write it.', action: 'Make a segment' };
  if (way.templates === 0)
    return { to: '/content', title: 'Write the e-mail', message: 'Start from a ready one and let each block choose what a person sees.', action: 'Write an e-mail' };
  return { to: '/campaigns', title: 'Check a campaign and send it', message: 'Every message is made and looked at before the first one leaves.', action: 'Go to campaigns' };
}
