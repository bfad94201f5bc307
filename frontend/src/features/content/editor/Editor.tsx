import { SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { PersonSteps } from '@/components/preview/PersonSteps';
import { PreviewBar } from '@/components/preview/PreviewBar';
import { PreviewDesk } from '@/components/preview/PreviewDesk';
import { WhyPanel } from '@/components/preview/WhyPanel';
import { plainLook, type Look } from '@/components/preview/look';
import { usePreview } from '@/components/preview/usePreview';
import { useSomebody } from '@/components/preview/useSomebody';
import { useLeaveGuard } from '@/components/save/useLeaveGuard';
import { SplitPane } from '@/components/split/SplitPane';
import { EmptyState } from '@/components/states/EmptyState';
import { useFindings, useKinds, useVariables, type ContentDocument } from '../api';
import { Versions } from '../versions/Versions';
import { CodePane } from './CodePane';
import { EditingContext, useDraft, type Chosen, type Editing } from './draft';
import { EditorHead } from './EditorHead';
import { Findings } from './Findings';
import { LeftPane } from './LeftPane';
import { TestPeople } from './TestPeople';
import { blockAt, find, idOf } from './tree';
import css from './Editor.module.css';

export type Mode = 'design' | 'code' | 'versions';

/** Edits a template or a reusable block, beside what it makes for a person and why. */
export function Editor({ start }: { start: ContentDocument }) {
  const draft = useDraft(start.template);
  const { template, edit } = draft;
  const [base, setBase] = useState(start.version);
  const [mode, setMode] = useState<Mode>('design');
  const [chosen, setChosen] = useState<Chosen>(null);
  const [traced, setTraced] = useState(-1); // a block of the trace that is in no list here: of a reusable block
  const [look, setLook] = useState<Look>(plainLook);
  const [side, setSide] = useState<'why' | 'findings'>('why');
  const kinds = useKinds().data ?? [];
  const variables = useVariables().data ?? [];
  const somebody = useSomebody();
  const looked = useMemo(() => ({ template }), [template]);
  const preview = usePreview(looked, somebody.contact?.id ?? 0);
  const findings = useFindings(start.kind, template);
  const leaving = useLeaveGuard(() => draft.changed, template.name);
  useEffect(() => {
    document.title = `${template.name} – Mailwright`;
  }, [template.name]);

  const begin = (d: ContentDocument) => {
    draft.reset(d.template);
    setBase(d.version);
    setMode('design');
  };
  const seen = preview.whole ?? preview.result;
  const trace = seen?.trace;
  const traces = useMemo(() => new Map((trace?.blocks ?? []).map((b) => [b.path, b])), [trace]);
  const choose = (c: Chosen) => {
    setChosen(c);
    setTraced(-1);
  };
  const path = chosen?.part === 'block' ? find(template.blocks, chosen.id)?.path : undefined;
  const block = traced >= 0 ? traced : (trace?.blocks.findIndex((b) => b.path === path) ?? -1);
  const chooseTraced = (index: number) => {
    const at = trace?.blocks[index]?.path;
    const own = at === undefined ? undefined : blockAt(template.blocks, at);
    setChosen(own ? { part: 'block', id: idOf(own.block) } : null);
    setTraced(own?.path === at ? -1 : index);
  };
  const goTo = (place: string) => {
    setMode('design');
    const at = blockAt(template.blocks, place);
    if (at) choose({ part: 'block', id: idOf(at.block) });
    else choose(place.startsWith('style') ? { part: 'style' } : { part: 'envelope' });
  };
  const editing: Editing = { kind: start.kind, slug: start.slug, template, edit, chosen, choose, kinds, variables, traces };
  const wrong = findings.data?.filter((f) => f.severity !== 'note').length ?? 0;

  return (
    <EditingContext value={editing}>
      <main className={css.editor} aria-label={template.name}>
        <EditorHead doc={start} draft={draft} base={base} onSaved={(d) => setBase(d.version)} onReload={begin} mode={mode} onMode={setMode} />
        {mode === 'versions' ? (
          <Versions
            doc={start}
            newest={base}
            contact={somebody.contact}
            onRestored={begin}
          />
        ) : (
          <div className={css.panes}>
            <SplitPane key={mode} label="the blocks" width={mode === 'code' ? 480 : 320} min={260} max={760} side={mode === 'code' ? <CodePane template={template} edit={edit} /> : <LeftPane />}>
              <SplitPane
                label="why"
                at="right"
                width={280}
                min={220}
                max={520}
                side={
                  <div className={css.side}>
                    <div className={css.sideHead}>
                      <SegmentedControl
                        aria-label="Beside the e-mail"
                        value={side}
                        onChange={(v) => setSide(v as typeof side)}
                        data={[
                          { value: 'why', label: 'Why' },
                          { value: 'findings', label: wrong > 0 ? `To mend (${wrong})` : 'To mend' },
                        ]}
                      />
                    </div>
                    <div className={css.sideBody}>
                      {side === 'why' ? (
                        <WhyPanel result={seen} block={block} onBlock={(i) => (i < 0 ? choose(null) : chooseTraced(i))} stale={preview.stale || preview.whole !== undefined} />
                      ) : (
                        <Findings findings={findings.data} error={findings.error} onPlace={goTo} />
                      )}
                    </div>
                  </div>
                }
              >
                <div className={css.middle}>
                  <PreviewBar look={look} onLook={setLook}>
                    <PersonSteps looked={looked} contact={somebody.contact} onContact={somebody.choose} />
                    <TestPeople doc={start} template={template} contact={somebody.contact} onLook={somebody.choose} />
                  </PreviewBar>
                  <PreviewDesk
                    preview={preview}
                    look={look}
                    block={block}
                    envelope={start.kind === 'template'}
                    onPlace={goTo}
                    nobody={
                      somebody.none && (
                        <EmptyState title="Nobody to look at it for" drawing="people">
                          Import contacts, and see the e-mail as each of them gets it.
                        </EmptyState>
                      )
                    }
                  />
                </div>
              </SplitPane>
            </SplitPane>
          </div>
        )}
      </main>
      {leaving}
    </EditingContext>
  );
}
