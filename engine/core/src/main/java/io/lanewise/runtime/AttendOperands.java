package io.lanewise.runtime;

import io.lanewise.memory.Rows;
import io.lanewise.plan.AttendStep;

/**
 * What an attention core reads and writes, bound to a workspace: windows that move from sample to sample and from head to head.
 *
 * @param queryStream the index of the queries' stream
 * @param keyStream the index of the stream of keys and values
 * @param headsAKey how many heads of queries share a head of keys and values
 */
record AttendOperands(HeadRows queries, HeadRows keys, HeadRows values, ContextRows context, KeyMask mask,
        AttentionMap map, int queryStream, int keyStream, int headsAKey) {

    static AttendOperands of(AttendStep step, Workspace workspace) {
        return new AttendOperands(workspace.heads(step.queries(), step.heads()),
                workspace.heads(step.keys(), step.keyHeads()), workspace.heads(step.values(), step.keyHeads()),
                new ContextRows(workspace, step.context(), step.heads(), step.queryMask()),
                new KeyMask(workspace, step.keyMask(), step.keys().stream(), step.heads(), step.maskOrder()),
                workspace.attentionMap(step.attentionOutput(), step.queries().stream(), step.keys().stream(),
                        step.heads(), step.queryMask()),
                step.queries().stream().index(), step.keys().stream().index(),
                step.heads().count() / step.keyHeads().count());
    }

    int queryCount(RowGroup group, int s) {
        return group.valid(queryStream, s);
    }

    int keyCount(RowGroup group, int s) {
        return group.valid(keyStream, s);
    }

    Rows queries(RowGroup group, int s, int head, int first, int count) {
        return queries.of(group, queryStream, s, head, first, count);
    }

    Rows keys(RowGroup group, int s, int head, int first, int count) {
        return keys.of(group, keyStream, s, head / headsAKey, first, count);
    }

    Rows values(RowGroup group, int s, int head, int first, int count) {
        return values.of(group, keyStream, s, head / headsAKey, first, count);
    }
}
