import { FileText, Folder, Image, SquareTerminal, type LucideIcon } from 'lucide-react';
import type { Attachment } from '../../../../shared/attachments.ts';

export const attachmentIcons: Readonly<Record<Attachment['kind'], LucideIcon>> = {
  file: FileText,
  folder: Folder,
  command: SquareTerminal,
  image: Image,
};
