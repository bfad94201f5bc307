import { useState } from 'react';
import { Page } from '@/components/page/Page';
import { SplitPane } from '@/components/split/SplitPane';
import { TitleInput } from '@/components/title/TitleInput';
import type { CampaignDocument } from '@/lib/generated/api';
import { useDecide, useEditCampaign, useHarmless, useSenders } from './api';
import { Audience } from './audience/Audience';
import css from './campaigns.module.css';
import { Check } from './check/Check';
import { Content } from './content/Content';
import { NextButtons } from './NextButtons';
import { PreviewPane } from './preview/PreviewPane';
import { ConfirmSend } from './send/ConfirmSend';
import { Send } from './send/Send';
import { TestDialog } from './send/TestDialog';
import { StepSection } from './StepSection';
import type { StepName } from './steps';
import { useActs } from './useActs';
import { useCampaignState, useSomebodyOf } from './useCampaignState';
import { useOpenSteps } from './useOpenSteps';

const titles: Record<StepName, string> = { audience: 'Audience', content: 'Content', check: 'Check', send: 'Send' };

/** A campaign as one page: audience, content, check, send, and the message of one person beside them. */
export function Campaign({ doc }: { doc: CampaignDocument }) {
  const { slug, campaign, version } = doc;
  const edit = useEditCampaign(slug);
  const decide = useDecide(slug);
  const state = useCampaignState(doc);
  const [contact, setContact] = useSomebodyOf(slug, version);
  const [dialog, setDialog] = useState<'send' | 'test' | null>(null);
  const steps = useOpenSteps(state.next, state.known);
  const acts = useActs(slug, state, { reveal: steps.reveal, ask: () => setDialog('send'), test: () => setDialog('test') });
  const sender = useSenders().data?.find((s) => s.slug === campaign.esp)?.name ?? campaign.esp;
  const harmless = useHarmless(campaign.esp);
  const segment = campaign.include[0] ?? '';
  const bodies: Record<StepName, React.ReactNode> = {
    audience: <Audience slug={slug} version={version} campaign={campaign} onChange={edit} fixed={state.fixed && state.status ? state.status : undefined} />,
    content: <Content campaign={campaign} onChange={edit} fixed={state.fixed} />,
    check: <Check slug={slug} check={state.check} work={state.checking} old={state.fixed ? '' : state.old} onLook={setContact} looked={contact?.id} onDecide={state.fixed ? undefined : decide} />,
    send: <Send slug={slug} status={state.status} why={state.why} work={state.sending} harmless={harmless} onPause={acts.pause} />,
  };
  return (
    <Page
      title={campaign.name}
      heading={<NameInput value={campaign.name} onSave={(name) => edit({ name })} />}
      back={{ to: '/campaigns', label: 'Campaigns' }}
      actions={<NextButtons doc={doc} state={state} acts={acts} />}
      body="fill"
    >
      <SplitPane
        label="the message"
        at="right"
        width={Math.min(720, Math.max(440, Math.round(window.innerWidth * 0.38)))}
        min={380}
        max={900}
        side={<PreviewPane looked={campaign.template ? state.looked : null} contact={contact} onContact={setContact} segment={segment} specimens={state.old ? undefined : state.check?.specimens} />}
      >
        <div className={css.steps}>
          {state.steps.map((step) => (
            <StepSection key={step.name} step={step} title={titles[step.name]} open={steps.open.has(step.name)} onToggle={() => steps.toggle(step.name)}>
              {bodies[step.name]}
            </StepSection>
          ))}
        </div>
      </SplitPane>
      {state.check && state.audience && (
        <ConfirmSend opened={dialog === 'send'} name={campaign.name} sender={sender} audience={state.audience} check={state.check} onSend={acts.send} onClose={() => setDialog(null)} />
      )}
      <TestDialog opened={dialog === 'test'} slug={slug} contact={contact} segment={segment} to={state.settings?.default_from_email || campaign.from.email} onClose={() => setDialog(null)} />
    </Page>
  );
}

function NameInput({ value, onSave }: { value: string; onSave: (name: string) => void }) {
  const [text, setText] = useState<string | null>(null);
  return (
    <div
      onBlur={() => {
        if (text !== null && text.trim() !== '' && text.trim() !== value) onSave(text.trim());
        setText(null);
      }}
      onKeyDown={(e) => {
        if (e.key === 'Enter' && e.target instanceof HTMLElement) e.target.blur();
        if (e.key === 'Escape') setText(null);
      }}
    >
      <TitleInput label="Name of the campaign" value={text ?? value} onChange={setText} placeholder="Name this campaign" />
    </div>
  );
}
