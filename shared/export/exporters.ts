import type { ExportFormat } from '../rpc/contract';
import type { Exporter } from './exporter';
import { savedModel } from './savedModel/savedModel';
import { tfjs } from './tfjs/tfjs';

/** Every format that a network can be taken away in. A new one is one folder and one line here. */
export const exporters: Readonly<Record<ExportFormat, Exporter>> = { savedmodel: savedModel, tfjs };
