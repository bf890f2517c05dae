"""The words of costs: what was paid for, who lent, what stands for it. Codes after the ILO's three heads of 2019."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class CostCode(Labelled):
    """What was paid for. None of it is the worker's to pay, save what a national rule names openly."""

    FEE = "FEE", N_("recruitment fee")
    MED = "MED", N_("medical examination")
    INS = "INS", N_("insurance and welfare fund")
    TST = "TST", N_("skills and language test")
    TRN = "TRN", N_("training and orientation")
    EQP = "EQP", N_("tools, uniform and safety gear")
    TRV = "TRV", N_("travel and lodging")
    ADM = "ADM", N_("passport, visa, contract and other papers")
    ILL = "ILL", N_("bribe, bond or undisclosed payment")


class PaidHow(Labelled):
    """Where the money came from."""

    SAVINGS = "savings", N_("own savings")
    LOAN = "loan", N_("a loan")
    DEDUCTION = "deduction", N_("taken from the wage")
    IN_KIND = "in_kind", N_("in kind or by work")
    OTHER = "other", N_("another way")


class Lender(Labelled):
    """Who lent the money."""

    BANK = "bank", N_("bank")
    MICROFINANCE = "microfinance", N_("microfinance")
    SAVINGS_GROUP = "savings_group", N_("savings group or cooperative")
    RELATIVE = "relative", N_("relative")
    FRIEND = "friend", N_("friend or neighbour")
    MONEYLENDER = "moneylender", N_("moneylender")
    EMPLOYER = "employer", N_("employer")
    RECRUITER = "recruiter", N_("recruiter or broker")
    AGENCY = "agency", N_("agency")
    OTHER = "other", N_("somebody else")


class Collateral(Labelled):
    """What stands for a loan."""

    NONE = "none", N_("nothing")
    LAND = "land", N_("land")
    HOUSE = "house", N_("house or its papers")
    JEWELLERY = "jewellery", N_("gold or jewellery")
    LIVESTOCK = "livestock", N_("animals")
    VEHICLE = "vehicle", N_("vehicle")
    GUARANTOR = "guarantor", N_("another person answers for it")
    DOCUMENTS = "documents", N_("passport or identity papers")
    LABOUR = "labour", N_("her own work")
    OTHER = "other", N_("something else")


class Basis(Labelled):
    """What a ratio is reckoned with."""

    ACTUAL = "actual", N_("actual earnings of the first full month")
    CONTRACT = "contract", N_("wage of the contract")


class Level(Labelled):
    """How a debt is marked. There is no score behind it: its triggers and facts are always beside it."""

    HIGH = "high", N_("high")
    NOT_HIGH = "not_high", N_("not high")
    UNKNOWN = "unknown", N_("not known")


class Trigger(Labelled):
    """What makes a debt a high risk, one alone is enough. The words are the keys of a ledger file."""

    LENDER = "lender", N_("the employer, recruiter or agency lent it")
    COLLATERAL = "collateral", N_("her papers or her work stand for it")
    MAY_LEAVE = "may_leave", N_("she may not leave before it is repaid")
    MONTHS = "months_to_repay", N_("it takes too long to repay")
    INTEREST = "interest_per_month", N_("the interest is too high")


CONTROLLING = frozenset({Lender.EMPLOYER, Lender.RECRUITER, Lender.AGENCY})
BINDING = frozenset({Collateral.DOCUMENTS, Collateral.LABOUR})
