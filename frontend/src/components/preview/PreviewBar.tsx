import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconCloudDownload, IconDeviceDesktop, IconDeviceMobile, IconMoon, IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Look } from './look';
import css from './Preview.module.css';

interface Props {
  look: Look;
  onLook: (look: Look) => void;
  /** What stands at the left: whom the message is looked at for. */
  children?: ReactNode;
}

/** The tools above a desk: for whom, on what screen, in what colours, with or without pictures. */
export function PreviewBar({ look, onLook, children }: Props) {
  const change = (part: Partial<Look>) => onLook({ ...look, ...part });
  const design = look.part === 'design';
  return (
    <div className={css.bar} role="toolbar" aria-label="How the message is looked at">
      {children}
      <span className={css.push} />
      <div className={css.tools}>
        <Switch label={look.screen === 'phone' ? 'Phone; show on a screen' : 'Screen; show on a phone'} on={look.screen === 'phone'} onClick={() => change({ screen: look.screen === 'phone' ? 'desktop' : 'phone' })}>
          {look.screen === 'phone' ? <IconDeviceMobile size={16} /> : <IconDeviceDesktop size={16} />}
        </Switch>
        <Switch label="Dark" on={look.dark} onClick={() => change({ dark: !look.dark })} disabled={look.part === 'source'}>
          <IconMoon size={16} />
        </Switch>
        <Switch label={look.images ? 'Leave pictures out' : 'Pictures are left out'} on={!look.images} onClick={() => change({ images: !look.images })} disabled={!design}>
          {look.images ? <IconPhoto size={16} /> : <IconPhotoOff size={16} />}
        </Switch>
        <Switch
          label={look.remote ? 'Pictures from the web are loaded' : 'Load pictures from the web: their servers will see that you did'}
          on={look.remote}
          onClick={() => change({ remote: !look.remote })}
          disabled={!design || !look.images}
        >
          <IconCloudDownload size={16} />
        </Switch>
      </div>
      <SegmentedControl
        aria-label="Part of the message"
        value={look.part}
        onChange={(part) => change({ part: part as Look['part'] })}
        data={[
          { value: 'design', label: 'E-mail' },
          { value: 'text', label: 'Text' },
          { value: 'source', label: 'HTML' },
        ]}
      />
    </div>
  );
}

function Switch({ label, on, onClick, disabled, children }: { label: string; on: boolean; onClick: () => void; disabled?: boolean; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-pressed={on} onClick={onClick} disabled={disabled}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
