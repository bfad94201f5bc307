import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { Page } from '@/components/page/Page';
import { Appearance } from './appearance/Appearance';
import { AuditPart } from './audit/Audit';
import { Copies } from './copies/Copies';
import css from './Page.module.css';
import { Senders } from './senders/Senders';
import { Services } from './services/Services';
import { Suppressions } from './suppressions/Suppressions';
import { General } from './workspace/General';

/** The parts of the settings: one line each. */
const parts: { name: string; label: string; part: ComponentType }[] = [
  { name: 'workspace', label: 'Workspace', part: General },
  { name: 'senders', label: 'Senders', part: Senders },
  { name: 'services', label: 'Content services', part: Services },
  { name: 'suppressions', label: 'Never mailed', part: Suppressions },
  { name: 'audit', label: 'History', part: AuditPart },
  { name: 'copies', label: 'Copies and health', part: Copies },
  { name: 'appearance', label: 'Appearance', part: Appearance },
];

export default function SettingsPage() {
  const navigate = useNavigate();
  const { part: asked } = useSearch({ strict: false }) as { part?: string };
  const shown = parts.find((p) => p.name === asked) ?? parts[0];
  if (!shown) return null;
  return (
    <Page
      title="Settings"
      toolbar={
        <Tabs value={shown.name} onChange={(part) => void navigate({ to: '/settings', search: { part: part ?? undefined }, replace: true })}>
          <Tabs.List>
            {parts.map((p) => (
              <Tabs.Tab key={p.name} value={p.name}>
                {p.label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      }
    >
      <div className={css.part} role="region" aria-label={`${shown.label} settings`}>
        <shown.part />
      </div>
    </Page>
  );
}
