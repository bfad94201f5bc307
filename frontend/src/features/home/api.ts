import { useQuery } from '@tanstack/react-query';
import { Home } from '@/lib/generated/api';

export function useHome() {
  return useQuery({ queryKey: ['home'], queryFn: ({ signal }) => Home.home(signal) });
}
