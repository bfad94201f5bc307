import { useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useActions } from '@/lib/actions';

/** The themes, as actions. */
export function useThemeActions(): void {
  const { setColorScheme } = useMantineColorScheme();
  useActions([
    { name: 'theme.light', label: 'Light theme', section: 'Appearance', icon: IconSun, keywords: ['colour', 'bright'], perform: () => setColorScheme('light') },
    { name: 'theme.dark', label: 'Dark theme', section: 'Appearance', icon: IconMoon, keywords: ['colour', 'night'], perform: () => setColorScheme('dark') },
    { name: 'theme.auto', label: 'Theme of the system', section: 'Appearance', icon: IconDeviceDesktop, keywords: ['colour'], perform: () => setColorScheme('auto') },
  ]);
}
