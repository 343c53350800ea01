import { metricOf, metrics } from '../../../shared/training/metrics/index';
import { useDocument } from '../../state/document';
import { HoverCard } from '../../ui/HoverCard';
import { ChoiceCard, describeChoice } from './ChoiceCard';
import { SettingRows } from './SettingRows';
import { withMetric, withMetricSettings } from './trainingEdits';

/** What is measured beside the loss, each where an output has it, and the settings of those that have some. */
export function MetricChoice() {
  const chosen = useDocument((state) => state.document.training.metrics);
  const { edit } = useDocument.getState();
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="pb-0.5 text-secondary">Metrics</legend>
      <div className="grid grid-cols-2 gap-x-2">
        {metrics.map((metric) => (
          <HoverCard key={metric.kind} side="right" card={<ChoiceCard choice={metric} />}>
            <label className="flex h-7 items-center gap-2 whitespace-nowrap text-ink">
              <input
                type="checkbox"
                className="accent-(--accent)"
                checked={chosen.some(({ kind }) => kind === metric.kind)}
                title={describeChoice(metric)}
                onChange={({ currentTarget }) => edit(`Metric ${metric.title}`, withMetric(metric.kind, currentTarget.checked), 'record')}
              />
              {metric.title}
            </label>
          </HoverCard>
        ))}
      </div>
      {chosen.map((metric, index) => (
        <SettingRows
          key={index}
          schema={metricOf(metric.kind).settings}
          settings={metric}
          change={(change) => withMetricSettings(metric, change)}
        />
      ))}
    </fieldset>
  );
}
