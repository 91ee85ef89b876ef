"""`clerk rehearse`: a vote tried beside the real chapter, on the stand-in.

values  what the rehearsal's pages show: moments, people, troubles, steps, acts
clock   the rehearsal's own time: it stands still unless it is moved
world   one rehearsal while it runs, as its pages use it
pages   its pages in the browser
"""
