package io.avatarservice.server.fetch;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/**
 * Resolves names as another group does, and hands out addresses only where all of them are allowed. The connection is
 * made to an address from here and the name is not resolved again: an answer that changes afterwards changes nothing.
 */
final class GuardedResolverGroup extends AddressResolverGroup<InetSocketAddress> {

    private final Supplier<AddressResolverGroup<InetSocketAddress>> names;
    private final FetchRules rules;

    /**
     * @param names resolves; asked when it is needed, because its resources may be renewed
     */
    GuardedResolverGroup(Supplier<AddressResolverGroup<InetSocketAddress>> names, FetchRules rules) {
        this.names = names;
        this.rules = rules;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new GuardedResolver(executor, names.get().getResolver(executor), rules);
    }

    private static final class GuardedResolver extends AbstractAddressResolver<InetSocketAddress> {

        private final AddressResolver<InetSocketAddress> names;
        private final FetchRules rules;

        GuardedResolver(EventExecutor executor, AddressResolver<InetSocketAddress> names, FetchRules rules) {
            super(executor, InetSocketAddress.class);
            this.names = names;
            this.rules = rules;
        }

        /** Never: what is resolved already, a literal address, would be connected to without asking here. */
        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return false;
        }

        @Override
        protected void doResolve(InetSocketAddress target, Promise<InetSocketAddress> promise) {
            Promise<List<InetSocketAddress>> all = executor().newPromise();
            doResolveAll(target, all);
            all.addListener((FutureListener<List<InetSocketAddress>>) found -> {
                if (found.isSuccess()) {
                    promise.trySuccess(found.getNow().get(0));
                } else {
                    promise.tryFailure(found.cause());
                }
            });
        }

        @Override
        protected void doResolveAll(InetSocketAddress target, Promise<List<InetSocketAddress>> promise) {
            if (!target.isUnresolved()) {
                settle(target, List.of(target), promise);
                return;
            }
            names.resolveAll(target).addListener((FutureListener<List<InetSocketAddress>>) found -> {
                if (found.isSuccess()) {
                    settle(target, found.getNow(), promise);
                } else {
                    promise.tryFailure(found.cause());
                }
            });
        }

        private void settle(
                InetSocketAddress target, List<InetSocketAddress> addresses, Promise<List<InetSocketAddress>> promise) {
            // A name with an allowed and a refused address is refused: which one would be connected to is left to luck.
            if (!addresses.isEmpty()
                    && addresses.stream().allMatch(address -> rules.allow(target.getHostString(), address))) {
                promise.trySuccess(addresses);
            } else {
                promise.tryFailure(new RefusedUrlException(FetchGuard.NOT_ALLOWED));
            }
        }
    }
}
