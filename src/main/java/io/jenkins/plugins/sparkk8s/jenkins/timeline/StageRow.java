package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import io.jenkins.plugins.sparkk8s.monitor.progress.StageSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The stages of an application in one row of a timeline; those at the same time are below each other. */
record StageRow(TimelineScale scale) {
    private static final int LANES = 3;

    TimelineRow of(List<StageSpan> stages) {
        List<TimelineBar> bars = new ArrayList<>();
        long[] free = new long[LANES];
        stages.stream().sorted(Comparator.comparingLong(StageSpan::started)).forEach(stage -> {
            int lane = lane(free, stage.started());
            free[lane] = stage.ended() == null ? Long.MAX_VALUE : stage.ended();
            bars.add(scale.bar(stage.failed() ? "failed" : "stage", stage.started(), stage.ended(), text(stage), lane));
        });
        String label = Messages.Timeline_stages();
        return new TimelineRow(
                label,
                label + ": "
                        + String.join(
                                "; ", bars.stream().map(TimelineBar::getTitle).toList()),
                bars);
    }

    /** The first that is free, else the last. */
    private static int lane(long[] free, long at) {
        for (int lane = 0; lane < free.length; lane++) {
            if (free[lane] <= at) {
                return lane;
            }
        }
        return free.length - 1;
    }

    private String text(StageSpan stage) {
        return Timeline.joined(
                StageTitle.of(stage.id(), stage.attempt(), stage.name()),
                Messages.Timeline_tasks(stage.tasks()),
                scale.time(stage.started(), stage.ended()),
                stage.failed() ? Messages.Timeline_failed() : null);
    }
}
