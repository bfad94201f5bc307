import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionsProvider } from '@/lib/actions';
import { newQueryClient } from '@/lib/query';
import { theme, variables } from '@/theme/theme';
import { router } from './routes';

/** Everything around the pages. */
export function App() {
  const [client] = useState(newQueryClient);
  return (
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <Notifications position="bottom-right" limit={4} />
        <ActionsProvider>
          <ModalsProvider>
            <RouterProvider router={router} />
          </ModalsProvider>
        </ActionsProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}
