package io.avatarservice.did.fake;

import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Says what goes wrong with the next call. Safe for use by many threads. */
@FunctionalInterface
public interface FaultPlan {

    /** The fault of the next call of this operation; {@link Fault#NONE} for none. */
    Fault next(Operation operation);

    /** Nothing ever goes wrong. */
    static FaultPlan none() {
        return operation -> Fault.NONE;
    }

    /** The faults of the next calls of one operation, in order; those after go well. */
    static FaultPlan listed(Operation operation, Fault... faults) {
        Queue<Fault> left = new ConcurrentLinkedQueue<>(List.of(faults));
        return asked -> {
            Fault fault = asked == operation ? left.poll() : null;
            return fault == null ? Fault.NONE : fault;
        };
    }

    /** Every call of one operation goes wrong in the same way. */
    static FaultPlan always(Operation operation, Fault fault) {
        return asked -> asked == operation ? fault : Fault.NONE;
    }

    /**
     * A share of all calls goes wrong. The same seed gives the same sequence; which of several concurrent calls is hit is
     * up to their order.
     *
     * @param share 0 to 1
     * @param faults to choose from
     */
    static FaultPlan random(long seed, double share, Fault... faults) {
        List<Fault> choice = List.of(faults);
        Random random = new Random(seed);
        return operation -> {
            synchronized (random) {
                return random.nextDouble() < share ? choice.get(random.nextInt(choice.size())) : Fault.NONE;
            }
        };
    }

    /** This plan for some operations only; the others go well and use up nothing. */
    default FaultPlan onlyFor(Operation first, Operation... more) {
        Set<Operation> operations = EnumSet.of(first, more);
        return operation -> operations.contains(operation) ? next(operation) : Fault.NONE;
    }

    /** This plan, and where it has no fault the other one. */
    default FaultPlan or(FaultPlan other) {
        return operation -> {
            Fault fault = next(operation);
            return fault.equals(Fault.NONE) ? other.next(operation) : fault;
        };
    }
}
