import { Spotlight, spotlight } from '@mantine/spotlight';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCommand, IconFilter, IconSearch, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Keys } from '@/components/kbd/Keys';
import { useActions, useAllActions } from '@/lib/actions';
import { count } from '@/lib/format';
import { Contacts, Segments } from '@/lib/generated/api';
import css from './Palette.module.css';
import { match } from '@/lib/match';

/** Ctrl/⌘ K: pages, what can be done, segments and contacts by a few letters. */
export function Palette() {
  const [text, setText] = useState('');
  useActions([{ name: 'palette', label: 'Find anything', keys: 'mod+k', section: 'Help', icon: IconCommand, perform: () => spotlight.toggle() }]);
  return (
    <Spotlight.Root query={text} onQueryChange={setText} shortcut={null} clearQueryOnClose attributes={{ content: { 'aria-label': 'Find anything' } }} maxHeight={440} scrollable size={600} centered={false} yOffset="14vh" overlayProps={{ backgroundOpacity: 0.3, blur: 0 }} transitionProps={{ duration: 80 }} classNames={{ content: css.content, body: css.body, inner: css.inner }}>
      <Spotlight.Search placeholder="Go to a page, a contact, a segment, or do something" leftSection={<IconSearch size={16} />} aria-label="Find" />
      <Spotlight.ActionsList className={css.list}>
        <Found text={text.trim()} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Found({ text }: { text: string }) {
  const navigate = useNavigate();
  const actions = match(text, useAllActions().filter((a) => a.name !== 'palette'), (a) => [a.label, ...(a.keywords ?? [])]).slice(0, text ? 8 : 40);
  const segments = useSegments(text);
  const contacts = useContacts(text);
  const pages = actions.filter((a) => a.section === 'Go to');
  const deeds = actions.filter((a) => a.section !== 'Go to');
  if (actions.length + segments.length + contacts.length === 0) return <Spotlight.Empty>Nothing is called “{text}”</Spotlight.Empty>;
  return (
    <>
      <Group label="Pages">
        {pages.map((a) => (
          <Row key={a.name} label={a.label} icon={a.icon && <a.icon size={16} stroke={1.6} />} keys={a.keys} onClick={a.perform} />
        ))}
      </Group>
      <Group label="Actions">
        {deeds.map((a) => (
          <Row key={a.name} label={a.label} icon={a.icon ? <a.icon size={16} stroke={1.6} /> : <IconCommand size={16} stroke={1.6} />} keys={a.keys} onClick={a.perform} />
        ))}
      </Group>
      <Group label="Segments">
        {segments.map((s) => (
          <Row
            key={s.slug}
            label={s.name}
            about={s.count >= 0 ? count(s.count) : undefined}
            icon={<IconFilter size={16} stroke={1.6} />}
            onClick={() => void navigate({ to: '/contacts', search: { segment: s.slug } })}
          />
        ))}
      </Group>
      <Group label="Contacts">
        {contacts.map((c) => (
          <Row key={c.id} label={c.name || c.email} about={c.name ? c.email : undefined} icon={<IconUser size={16} stroke={1.6} />} onClick={() => void navigate({ to: '/contacts/$id', params: { id: String(c.id) } })} />
        ))}
      </Group>
    </>
  );
}

function useSegments(text: string) {
  const all = useQuery({ queryKey: ['segments', 'list'], queryFn: ({ signal }) => Segments.list(signal), enabled: text !== '' });
  return text === '' ? [] : match(text, all.data ?? [], (s) => [s.name]).slice(0, 5);
}

function useContacts(text: string) {
  const [slow] = useDebouncedValue(text, 120);
  const hits = useQuery({
    queryKey: ['contacts', 'find', slow],
    queryFn: ({ signal }) => Contacts.find(slow, 6, signal),
    enabled: slow.length > 1,
    placeholderData: keepPreviousData,
  });
  return text.length > 1 && slow.length > 1 ? (hits.data ?? []) : [];
}

function Group({ label, children }: { label: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return <Spotlight.ActionsGroup label={label} className={css.group}>{children}</Spotlight.ActionsGroup>;
}

function Row({ label, about, icon, keys, onClick }: { label: string; about?: string; icon?: ReactNode; keys?: string; onClick: () => void }) {
  return (
    <Spotlight.Action className={css.row} onClick={onClick}>
      <span className={css.icon}>{icon}</span>
      <span className={css.label}>{label}</span>
      {about && <span className={css.about}>{about}</span>}
      {keys && (
        <span className={css.keys}>
          <Keys keys={keys} />
        </span>
      )}
    </Spotlight.Action>
  );
}
