"""An aligner that is told which texts translate which: what canlaw_hard leaves to be found out is
then only where lines that are alike belong. It shows how much of that is known at all, and is no
part of paraph."""
import math
from collections import Counter

KINDS = [(1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2)]
BAND = 40  # segments beside the diagonal
NEVER = -1e9


def texts_of(beads, source, target):
    return [(" ".join(source[i] for i in a), " ".join(target[i] for i in b)) for a, b in beads]


def add_logs(a, b):
    low, high = min(a, b), max(a, b)
    return high if low <= NEVER else high + math.log1p(math.exp(low - high))


class Told:
    def __init__(self, known, beads):
        """known: texts and their translations; beads: those whose kinds are counted."""
        self.pairs, self.all = Counter(known), len(known)
        self.of = [Counter(pair[k] for pair in known) for k in (0, 1)]
        kinds = Counter((len(a), len(b)) for a, b in beads)
        self.price = {k: math.log(max(kinds[k], 1) / len(beads)) for k in KINDS}

    def halves(self, text, k):
        cuts = [i for i, c in enumerate(text) if c == " "]
        return [(text[:i], text[i + 1:]) for i in cuts
                if text[:i] in self.of[k] and text[i + 1:] in self.of[k]]

    def odds(self, a, b):
        """How much oftener the two are translations than chance would have it."""
        n = self.pairs.get((a, b), 0)
        return math.log(n * self.all / (self.of[0][a] * self.of[1][b])) if n else NEVER

    def weigh(self, source, target):
        """Of texts that may each be two known ones, joined."""
        best = self.odds(source, target)
        for a in self.halves(source, 0):
            for b in self.halves(target, 1):
                best = max(best, self.odds(a[0], b[0]) + self.odds(a[1], b[1]))
        return best

    def steps(self, source, target):
        """By state, the beads that may begin there: kind, next state, weight."""
        n, m = len(source), len(target)
        states, steps, weights = [], {}, {}
        for i in range(n + 1):
            middle = i * m / max(n, 1)
            states += [(i, j) for j in range(max(0, int(middle - BAND)),
                                             min(m, int(middle + BAND)) + 1)]
        there = set(states)
        for i, j in states:
            steps[i, j] = []
            for kind in KINDS:
                to = (i + kind[0], j + kind[1])
                if to not in there:
                    continue
                weight = self.price[kind]
                if 0 not in kind:
                    texts = " ".join(source[i:to[0]]), " ".join(target[j:to[1]])
                    if texts not in weights:
                        weights[texts] = self.weigh(*texts)
                    weight += weights[texts]
                if weight > NEVER / 2:
                    steps[i, j].append((kind, to, weight))
        return states, steps

    def align(self, source, target):
        """The way on which most beads are expected to be right."""
        states, steps = self.steps(source, target)
        end = (len(source), len(target))
        before, after, best = {(0, 0): 0.0}, {end: 0.0}, {end: (0.0, None)}
        for at in states:
            for _, to, weight in steps[at] if at in before else ():
                before[to] = add_logs(before.get(to, NEVER), before[at] + weight)
        for at in reversed(states):
            for _, to, weight in steps[at]:
                if to in after:
                    after[at] = add_logs(after.get(at, NEVER), weight + after[to])
        for at in reversed(states):
            for kind, to, weight in steps[at] if at in before else ():
                if to not in best:
                    continue
                chance = math.exp(min(0.0, before[at] + weight + after[to] - before[end]))
                worth = best[to][0] + chance * (0.5 if 0 in kind else 1)
                if at not in best or worth > best[at][0]:
                    best[at] = (worth, (kind, to))
        found, at = [], (0, 0)
        while at != end:
            to = best[at][1][1]
            found.append((tuple(range(at[0], to[0])), tuple(range(at[1], to[1]))))
            at = to
        return found
