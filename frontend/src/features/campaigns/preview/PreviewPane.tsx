import { Button } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { PersonSteps } from '@/components/preview/PersonSteps';
import { plainLook, type Look } from '@/components/preview/look';
import { PreviewBar } from '@/components/preview/PreviewBar';
import { PreviewDesk } from '@/components/preview/PreviewDesk';
import { usePreview, type Looked } from '@/components/preview/usePreview';
import { WhyPanel } from '@/components/preview/WhyPanel';
import { EmptyState } from '@/components/states/EmptyState';
import type { ContactHit, Specimen } from '@/lib/generated/api';
import panels from '../panels.module.css';

interface Props {
  /** What is looked at; null while there is no template. */
  looked: Looked | null;
  contact: ContactHit | null;
  onContact: (contact: ContactHit) => void;
  segment: string;
  /** The ways that the last check found; absent while it says nothing of what would be sent now. */
  specimens?: Specimen[];
}

/** The message of one person, beside the page, and why it is as it is. */
export function PreviewPane({ looked, contact, onContact, segment, specimens }: Props) {
  const [look, setLook] = useState<Look>(plainLook);
  const [why, setWhy] = useState(false);
  const [block, setBlock] = useState(-1);
  const preview = usePreview(looked, contact?.id ?? 0);
  return (
    <div className={panels.pane} aria-label="The message of one person" role="region">
      <PreviewBar look={look} onLook={setLook}>
        <PersonSteps looked={looked} contact={contact} onContact={onContact} segment={segment} specimens={specimens} />
        <Button variant={why ? 'light' : 'subtle'} color={why ? undefined : 'gray'} aria-pressed={why} leftSection={<IconHelpCircle size={15} />} disabled={!looked} onClick={() => setWhy(!why)}>
          Why
        </Button>
      </PreviewBar>
      <PreviewDesk
        preview={preview}
        look={look}
        block={why ? block : -1}
        nobody={
          looked === null ? (
            <EmptyState title="No template yet">Choose one, and the message of anybody shows here.</EmptyState>
          ) : contact === null ? (
            <EmptyState title="Nobody to look at it for" drawing="people">
              There is nobody in the audience.
            </EmptyState>
          ) : undefined
        }
      />
      {why && (
        <div className={panels.why}>
          <WhyPanel result={preview.result} block={block} onBlock={setBlock} stale={preview.stale} />
        </div>
      )}
    </div>
  );
}
