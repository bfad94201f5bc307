import { Button, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { ConditionBuilder } from '@/components/condition/ConditionBuilder';
import { useCounts } from '@/components/condition/counts';
import { useConditionDraft } from '@/components/condition/draft';
import { rootOf, savedOf, type Condition } from '@/components/condition/node';
import { Page } from '@/components/page/Page';
import { SaveProblem } from '@/components/save/SaveProblem';
import { useLeaveGuard } from '@/components/save/useLeaveGuard';
import { SplitPane } from '@/components/split/SplitPane';
import { TitleInput } from '@/components/title/TitleInput';
import { said } from '@/components/toast/toast';
import { useActions } from '@/lib/actions';
import { useZone } from '@/lib/status';
import { Segments, type Segment } from '@/lib/generated/api';
import { useSaveSegment } from '../api';
import { endOfDay } from './days';
import { EditorMenu } from './EditorMenu';
import { SidePane } from './SidePane';
import { Standing } from './Standing';
import { useCounted } from './counted';
import css from './editor.module.css';

/** A segment as it was opened; version 0 and no slug for a new one. */
export type Opened = Omit<Segment, 'condition'> & { condition: Condition };

interface Props {
  opened: Opened;
  /** Opens the newest version again, without what was edited here. */
  onReload: () => void;
}

/** Edits one segment: the sentence on the left, who that is on the right. */
export function Editor({ opened, onReload }: Props) {
  const navigate = useNavigate();
  const draft = useConditionDraft(opened.condition);
  const [day, setDay] = useState('');
  const zone = useZone();
  const counts = useCounts(draft.root, endOfDay(day, zone));
  const [base, setBase] = useState(opened);
  const [name, setName] = useState(opened.name);
  const [note, setNote] = useState(opened.note);
  const changed = base.version === 0 || name !== base.name || note !== base.note || !same(draft.condition, base.condition);
  const touched = changed && (base.version > 0 || draft.canUndo);
  const counted = useCounted(base, changed);
  const guard = useLeaveGuard(() => touched && !save.isPending && !save.isSuccess, name || 'this segment');
  const save = useSaveSegment((s) => {
    said(`“${s.name}” is saved.`);
    setBase({ ...s, condition: draft.condition });
    if (opened.slug === '') void navigate({ to: '/segments/$slug', params: { slug: s.slug }, replace: true });
    else save.reset();
  });
  const ready = base.frozen_at === 0 && changed && name.trim() !== '' && counts.problems.size === 0 && !save.isPending;
  const put = (over = base.version) => save.mutate({ segment: { slug: opened.slug, name: name.trim(), note: note.trim(), condition: draft.condition, owner: base.owner, review_on: base.review_on }, base: over });
  useActions([{ name: 'segment.save', label: 'Save the segment', keys: 'mod+s', section: 'Segments', icon: IconDeviceFloppy, disabled: !ready, perform: () => put() }]);
  return (
    <Page
      title={name || 'New segment'}
      heading={<TitleInput label="Name of the segment" value={name} onChange={setName} placeholder="Name this segment" autoFocus={opened.slug === '' && name === ''} />}
      back={{ to: '/segments', label: 'Segments' }}
      actions={
        <>
          <EditorMenu segment={base} {...(counted ?? { condition: draft.condition, count: counts.at ? -1 : (counts.count ?? -1) })} />
          <Button variant={changed ? 'filled' : 'default'} disabled={!ready} loading={save.isPending} onClick={() => put()}>
            {changed ? 'Save' : 'Saved'}
          </Button>
        </>
      }
      body="fill"
    >
      <SplitPane label="the people" at="right" width={368} min={300} max={640} side={<SidePane draft={draft} counts={counts} slug={base.slug} day={day} onDay={setDay} />}>
        <div className={css.left}>
          <Textarea className={css.note} variant="unstyled" autosize minRows={1} aria-label="Note" placeholder="What it is for, in a line" value={note} onChange={(e) => setNote(e.currentTarget.value)} />
          {base.version > 0 && <Standing segment={base} />}
          <ConditionBuilder draft={draft} counts={counts} self={base.slug || undefined} />
        </div>
      </SplitPane>
      <SaveProblem error={save.error} newest={(signal) => Segments.get(opened.slug, signal)} onOver={put} onReload={onReload} onClose={save.reset} />
      {guard}
    </Page>
  );
}

/** Whether two conditions are the same once both are written as they are saved. */
function same(a: Condition, b: Condition): boolean {
  return JSON.stringify(a) === JSON.stringify(savedOf(rootOf(b)));
}
