import { SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '@/components/page/Page';
import { Toolbar } from '@/components/toolbar/Toolbar';

const views = [
  { value: '/segments/_rfm', label: 'RFM map' },
  { value: '/segments/_engagement', label: 'Engagement' },
];

interface Props {
  at: '/segments/_rfm' | '/segments/_engagement';
  subtitle?: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of both pages of scores. */
export function ScoresPage({ at, subtitle, actions, children }: Props) {
  const navigate = useNavigate();
  return (
    <Page
      title={at === '/segments/_rfm' ? 'RFM map' : 'Engagement score'}
      subtitle={subtitle ?? ' '}
      back={{ to: '/segments', label: 'Segments' }}
      actions={actions}
      toolbar={
        <Toolbar>
          <SegmentedControl size="xs" aria-label="Scores" data={views} value={at} onChange={(to) => void navigate({ to })} />
        </Toolbar>
      }
    >
      {children}
    </Page>
  );
}
