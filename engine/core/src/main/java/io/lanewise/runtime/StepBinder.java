package io.lanewise.runtime;

import io.lanewise.plan.ActivateStep;
import io.lanewise.plan.AddStep;
import io.lanewise.plan.AssociateStep;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.CoAttendStep;
import io.lanewise.plan.ContextStep;
import io.lanewise.plan.EmbedStep;
import io.lanewise.plan.GateStep;
import io.lanewise.plan.HeadMatMulStep;
import io.lanewise.plan.JoinStep;
import io.lanewise.plan.MapStep;
import io.lanewise.plan.MatMulStep;
import io.lanewise.plan.NormStep;
import io.lanewise.plan.NormalizeStep;
import io.lanewise.plan.PoolStep;
import io.lanewise.plan.PositionsStep;
import io.lanewise.plan.RankPoolStep;
import io.lanewise.plan.RecurrenceStep;
import io.lanewise.plan.RelayoutStep;
import io.lanewise.plan.RepeatStep;
import io.lanewise.plan.RmsNormStep;
import io.lanewise.plan.RotateStep;
import io.lanewise.plan.ScoresStep;
import io.lanewise.plan.SelectStep;
import io.lanewise.plan.SoftmaxStep;
import io.lanewise.plan.Step;

/** Says who does which step. */
final class StepBinder {

    private StepBinder() {}

    /** Makes a step ready for a workspace: every view that a run needs is made here. */
    static BoundStep bind(Step step, Workspace workspace) {
        return switch (step) {
            case PositionsStep positions -> new BoundPositions(positions, workspace);
            case RelayoutStep relayout -> new BoundRelayout(relayout, workspace);
            case MatMulStep matMul -> new BoundMatMul(matMul, workspace);
            case HeadMatMulStep matMul -> new BoundHeadMatMul(matMul, workspace);
            case AttendStep attend -> new BoundAttend(attend, workspace);
            case CoAttendStep attend -> new BoundCoAttend(attend, workspace);
            case ScoresStep scores -> new BoundScores(scores, workspace);
            case SoftmaxStep softmax -> new BoundSoftmax(softmax, workspace);
            case ContextStep context -> new BoundContext(context, workspace);
            case AddStep add -> new BoundAdd(add, workspace);
            case ActivateStep activate -> new BoundActivate(activate, workspace);
            case NormStep norm -> new BoundNorm(norm, workspace);
            case EmbedStep embed -> new BoundEmbed(embed, workspace);
            case GateStep gate -> new BoundGate(gate, workspace);
            case RmsNormStep norm -> new BoundRmsNorm(norm, workspace);
            case RotateStep rotate -> new BoundRotate(rotate, workspace);
            case SelectStep select -> new BoundSelect(select, workspace);
            case PoolStep pool -> new BoundPool(pool, workspace);
            case NormalizeStep normalize -> new BoundNormalize(normalize, workspace);
            case RecurrenceStep recurrence -> new BoundRecurrence(recurrence, workspace);
            case JoinStep join -> new BoundJoin(join, workspace);
            case RepeatStep repeat -> new BoundRepeat(repeat, workspace);
            case AssociateStep associate -> new BoundAssociate(associate, workspace);
            case MapStep map -> new BoundMap(map, workspace);
            case RankPoolStep pool -> new BoundRankPool(pool, workspace);
        };
    }
}
