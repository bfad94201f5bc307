import {
  IconAddressBook, IconArrowsSplit2, IconChartBar, IconDatabaseImport, IconFilter, IconHome, IconLayoutBoard, IconSend, IconSettings, type Icon,
} from '@tabler/icons-react';

export interface Place {
  to: '/' | '/contacts' | '/data' | '/segments' | '/rules' | '/content' | '/campaigns' | '/results' | '/settings';
  label: string;
  icon: Icon;
  keys: string;
  keywords: string[];
}

/** The pages of the left rail, in its order. */
export const places: Place[] = [
  { to: '/', label: 'Home', icon: IconHome, keys: 'g h', keywords: ['start', 'overview', 'dashboard'] },
  { to: '/contacts', label: 'Contacts', icon: IconAddressBook, keys: 'g c', keywords: ['people', 'customers', 'subscribers'] },
  { to: '/data', label: 'Data', icon: IconDatabaseImport, keys: 'g d', keywords: ['import', 'csv', 'events', 'products', 'quality'] },
  { to: '/segments', label: 'Segments', icon: IconFilter, keys: 'g s', keywords: ['filter', 'audience', 'group', 'condition'] },
  { to: '/rules', label: 'Rules', icon: IconArrowsSplit2, keys: 'g r', keywords: ['choose', 'variants', 'branch'] },
  { to: '/content', label: 'Content', icon: IconLayoutBoard, keys: 'g t', keywords: ['template', 'e-mail', 'blocks', 'preview'] },
  { to: '/campaigns', label: 'Campaigns', icon: IconSend, keys: 'g m', keywords: ['send', 'mailing', 'newsletter', 'proof'] },
  { to: '/results', label: 'Results', icon: IconChartBar, keys: 'g e', keywords: ['report', 'opens', 'clicks', 'revenue'] },
  { to: '/settings', label: 'Settings', icon: IconSettings, keys: 'g ,', keywords: ['sender', 'address', 'audit', 'backup', 'appearance'] },
];
