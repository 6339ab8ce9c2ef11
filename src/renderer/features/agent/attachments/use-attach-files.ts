import type { ClipboardEvent, DragEvent } from 'react';
import type { SessionId } from '../../../../shared/ids.ts';
import { useClient } from '../../../client/context.ts';
import { useActions } from '../../../store/store.ts';
import { imageSource } from './image-source.ts';

export type AttachFiles = {
  readonly attachFiles: (files: Iterable<File>) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
};

/** Files that are pasted, dropped or picked: images go as they are, all else by where it lies. */
export function useAttachFiles(sessionId: SessionId): AttachFiles {
  const { attach, showAttachError } = useActions();
  const { pathForFile } = useClient();

  async function attachFile(file: File): Promise<void> {
    if (file.type.startsWith('image/')) {
      const source = await imageSource(file);
      if (source.ok) await attach(sessionId, source.value);
      else showAttachError(sessionId, source.error.message);
      return;
    }
    const path = pathForFile?.(file);
    if (path) await attach(sessionId, { type: 'path', path });
    else
      showAttachError(
        sessionId,
        `${file.name} is no image. Name a file of the tab's machine with @ and its path.`,
      );
  }

  /** One after the other, in their order. */
  async function attachAll(files: readonly File[]): Promise<void> {
    for (const file of files) await attachFile(file);
  }

  const attachFiles = (files: Iterable<File>) => void attachAll([...files]);
  return {
    attachFiles,
    onPaste: (event) => {
      const { files, types } = event.clipboardData;
      // Some programs copy a picture of their text beside it.
      if (files.length === 0 || types.includes('text/plain')) return;
      event.preventDefault();
      attachFiles(files);
    },
    onDragOver: (event) => {
      if (event.dataTransfer.types.includes('Files')) event.preventDefault();
    },
    onDrop: (event) => {
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      attachFiles(event.dataTransfer.files);
    },
  };
}
